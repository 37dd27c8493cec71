import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'

test('a line is structured, named and has its level as a word', () => {
  const line = written((logger) => logger.info({ run: 'gh/1' }, 'a run failed'))
  expect(line).toMatchObject({ level: 'info', name: 'worker', run: 'gh/1', msg: 'a run failed' })
  expect(new Date(String(line.time)).getTime()).not.toBeNaN()
})

test('fields that look like secrets are not written, at the top or within', () => {
  const line = JSON.stringify(
    written((logger) =>
      logger.warn(
        {
          token: 'hunter2',
          headers: { authorization: 'Bearer hunter2', 'x-hub-signature-256': 'hunter2', accept: 'json' },
          request: { headers: { cookie: 'hunter2' } },
        },
        'refused',
      ),
    ),
  )
  expect(line).not.toContain('hunter2')
  expect(line).toContain('"accept":"json"')
})

function written(write: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  const lines: string[] = []
  write(createLogger({ level: 'info', name: 'worker', stream: { write: (line) => lines.push(line) } }))
  expect(lines).toHaveLength(1)
  return JSON.parse(lines[0] ?? '')
}

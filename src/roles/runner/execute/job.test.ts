import { expect, test } from 'vitest'
import { runJob } from './job.fixture.ts'

const job = (steps: string, more = '') => `
on: push
jobs:
  test:
    runs-on: ubuntu-latest
${more}
    steps:
${steps}`

test('a step runs, passes what it wrote to the next, and the log has the form that GitHub stores', async () => {
  const { result, log, raw } = await runJob(
    job(`
      - id: one
        run: |
          echo "COLOUR=green" >> "$GITHUB_ENV"
          echo "answer=42" >> "$GITHUB_OUTPUT"
      - run: echo "$COLOUR \${{ steps.one.outputs.answer }} \${{ github.event.head_commit.message }}"`),
  )
  expect(result.conclusion).toBe('success')
  expect(log).toContain('green 42 hello')
  expect(log).toContain('##[group]Run echo "$COLOUR 42 hello"')
  for (const line of raw) expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z /)
  expect(result.steps.map((step) => [step.number, step.name, step.conclusion])).toEqual([
    [1, 'Set up job', 'success'],
    [2, 'Run echo "COLOUR=green" >> "$GITHUB_ENV"', 'success'],
    [3, 'Run echo "$COLOUR 42 hello"', 'success'],
    [4, 'Complete job', 'success'],
  ])
})

test('a failing step fails the job, later steps are skipped, failure() and always() run', async () => {
  const { result, log } = await runJob(
    job(`
      - run: exit 3
      - run: echo never
      - if: failure()
        run: echo after-failure
      - if: \${{ always() }}
        run: echo always`),
  )
  expect(result.conclusion).toBe('failure')
  expect(result.observed.exitCode).toBe(3)
  expect(log).toContain('##[error]Process completed with exit code 3.')
  expect(result.steps.map((step) => step.conclusion)).toEqual([
    'success',
    'failure',
    'skipped',
    'success',
    'success',
    'success',
  ])
})

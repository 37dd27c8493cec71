import { expect, it } from 'vitest'
import type { Pattern } from '../patterns/pattern.ts'
import { createBlockReader } from './blocks.ts'
import { scannerOf } from './scan.ts'

const pattern = (id: string, weight: number, literal: string): Pattern => ({
  id,
  role: 'cause',
  literals: [literal],
  regex: new RegExp(literal),
  weight,
  examples: { matches: [], not: [] },
})

it('tells the surest pattern of a line first, wherever its literal stands', () => {
  const scan = scannerOf([
    pattern('likely', 0.5, 'maybe'),
    pattern('sure', 0.9, 'certainly'),
    pattern('weak', 0.1, 'perhaps'),
  ])
  const told: string[] = []
  const reader = createBlockReader((block) =>
    scan(block, ({ line, matches }) => told.push(`${line}: ${matches.map((match) => match.pattern.id).join(', ')}`)),
  )
  reader.push(Buffer.from('perhaps maybe certainly\nmaybe\ncertainly perhaps maybe\n'))
  reader.end()
  expect(told).toEqual(['1: sure, likely, weak', '2: likely', '3: sure, likely, weak'])
})

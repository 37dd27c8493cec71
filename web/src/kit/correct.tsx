import { styled } from '@mui/material/styles'
import Typography from '@mui/material/Typography'
import { type RefObject, useId, useRef, useState } from 'react'
import type { Category } from '../../../src/model/diagnosis.ts'
import { useLabelFamily, useLabelHealing } from '../api/queries.ts'
import { edge, ink, paper, softInk } from '../theme/theme.ts'
import { useAsk } from './asking.tsx'
import { categoryWords, sayCategory } from './categories.ts'

/** What is labelled: one failure, by its healing, or a whole family. */
export interface Correctable {
  readonly healing?: string
  readonly family?: string
  /** What Mendline, or the last label, says now. */
  readonly category: string
}

/** Gives the way to ask what a failure really is. */
export function useCorrect(): (of: Correctable) => void {
  const ask = useAsk()
  const byHealing = useLabelHealing()
  const byFamily = useLabelFamily()
  const chosen = useRef<Category>('code.test')
  return ({ healing, family, category }) => {
    chosen.current = category in categoryWords && category !== 'unknown' ? (category as Category) : 'code.test'
    ask({
      title: 'What is this failure?',
      verb: 'Label it',
      asksWhy: 'Why? A few words that help the next one (optional).',
      whyIsOptional: true,
      act: async (note) => {
        const label = { category: chosen.current, ...(note === '' ? {} : { note }) }
        if (healing !== undefined) await byHealing.mutateAsync({ id: healing, label })
        else if (family !== undefined) await byFamily.mutateAsync({ id: family, label })
      },
      children: <Fields said={category} chosen={chosen} />,
    })
  }
}

function Fields({ said, chosen }: { said: string; chosen: RefObject<Category> }) {
  const [category, setCategory] = useState(chosen.current)
  const id = useId()
  return (
    <>
      <Typography variant="body2" sx={{ color: softInk }}>
        Now: {sayCategory(said)} ({said}). Your label decides every like failure from the next one on, and the next
        training learns from it.
      </Typography>
      <Field htmlFor={id}>
        It is
        <select
          id={id}
          value={category}
          onChange={(event) => {
            const next = event.target.value as Category
            chosen.current = next
            setCategory(next)
          }}
        >
          {choices.map(([name, words]) => (
            <option key={name} value={name}>
              {name}: {words}
            </option>
          ))}
        </select>
      </Field>
    </>
  )
}

/** "Unknown" is what Mendline may say; a person who looked can say more. */
const choices = (Object.entries(categoryWords) as [Category, string][]).filter(([name]) => name !== 'unknown')

const Field = styled('label')({
  display: 'flex',
  flexDirection: 'column',
  gap: 4,
  fontSize: '0.8125rem',
  color: softInk,
  '& select': {
    font: 'inherit',
    fontSize: '0.875rem',
    color: ink,
    background: paper,
    border: `1px solid ${edge}`,
    borderRadius: 4,
    padding: '6px 8px',
    minWidth: 0,
    width: '100%',
  },
})

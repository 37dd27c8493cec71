import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import { styled } from '@mui/material/styles'
import Typography from '@mui/material/Typography'
import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react'
import { edge, paper, softInk } from '../theme/theme.ts'
import { Failed } from './loaded.tsx'

/**
 * Asks before an act, saying what will happen. Acts at most once however often the button is pressed, stays open when
 * the act fails, and gives the focus back to where it came from.
 */
export function Confirm({
  title,
  verb,
  tone = 'primary',
  asksWhy,
  whyIsOptional = false,
  act,
  close,
  children,
}: Question & { close: () => void }) {
  const [why, setWhy] = useState('')
  const [error, setError] = useState<Error | null>(null)
  const [busy, setBusy] = useState(false)
  const acting = useRef(false)
  const id = useId()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (acting.current) return
    acting.current = true
    setBusy(true)
    setError(null)
    try {
      await act(why.trim())
      close()
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)))
      acting.current = false
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={close} aria-labelledby={id}>
      <Form onSubmit={submit}>
        <Typography id={id} variant="h2">
          {title}
        </Typography>
        {children}
        {asksWhy && (
          <Label>
            {asksWhy}
            <Reason
              required={!whyIsOptional}
              rows={2}
              maxLength={500}
              value={why}
              onChange={(event) => setWhy(event.target.value)}
            />
          </Label>
        )}
        {error && <Failed error={error} />}
        <Buttons>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="contained" color={tone} disabled={busy}>
            {busy ? 'Sending…' : verb}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}

export interface Question {
  readonly title: string
  /** What the button says: the act itself, never "OK". */
  readonly verb: string
  readonly tone?: 'primary' | 'error'
  /** The question whose answer is written down with the act. */
  readonly asksWhy?: string
  readonly whyIsOptional?: boolean
  readonly act: (why: string) => Promise<unknown>
  readonly children: ReactNode
}

const Form = styled('form')({ padding: 24, display: 'flex', flexDirection: 'column', gap: 16, minWidth: 0 })
const Buttons = styled('div')({ display: 'flex', justifyContent: 'flex-end', gap: 8, flexWrap: 'wrap' })
const Label = styled('label')({
  display: 'flex',
  flexDirection: 'column',
  gap: 4,
  fontSize: '0.8125rem',
  color: softInk,
})
const Reason = styled('textarea')({
  font: 'inherit',
  fontSize: '0.875rem',
  color: 'inherit',
  background: paper,
  border: `1px solid ${edge}`,
  borderRadius: 4,
  padding: 8,
  resize: 'vertical',
})

import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useSetting } from './setting.ts'
import { type Command, chordMs, interpret, type Pressed } from './shortcuts.ts'

const Help = lazy(async () => ({ default: (await import('./help.tsx')).Help }))

/** Listens to single keys everywhere; `help` opens the list of them, also by mouse. */
export function Keyboard({ children }: { children: (openHelp: () => void) => ReactNode }) {
  const navigate = useNavigate()
  const [help, setHelp] = useState(false)
  const [enabled, setEnabled] = useSetting<'on' | 'off'>('mendline-keys', 'on')
  const chord = useRef<{ until: number }>({ until: 0 })

  useEffect(() => {
    function perform(command: Command) {
      if ('go' in command) navigate(command.go)
      else if ('move' in command) moveRow(command.move)
      else if (command.do === 'approve') approveButton()?.click()
      else if (command.do === 'help') setHelp(true)
      else if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    }
    function pressed(event: KeyboardEvent) {
      const { command, afterG } = interpret(pressOf(event), event.timeStamp < chord.current.until, enabled === 'on')
      chord.current.until = afterG ? event.timeStamp + chordMs : 0
      if (command === null) return
      if (!('do' in command && command.do === 'leave')) event.preventDefault()
      perform(command)
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [navigate, enabled])

  return (
    <>
      {children(() => setHelp(true))}
      <Suspense>
        {help && (
          <Help
            enabled={enabled === 'on'}
            setEnabled={(on) => setEnabled(on ? 'on' : 'off')}
            close={() => setHelp(false)}
          />
        )}
      </Suspense>
    </>
  )
}

function pressOf(event: KeyboardEvent): Pressed {
  const target = event.target instanceof HTMLElement ? event.target : null
  return {
    key: event.key,
    modified: event.ctrlKey || event.altKey || event.metaKey,
    typing: target?.closest('input, textarea, select, [contenteditable="true"]') != null,
    inDialog: document.querySelector('[role="dialog"]') !== null,
  }
}

/** Rows are links marked `data-row`, in the order of the page; Enter then opens them as it opens any link. */
function moveRow(by: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')]
  const here = rows.findIndex(
    (row) => row === document.activeElement || row.closest('li, tr')?.contains(document.activeElement),
  )
  const next = rows[here === -1 ? (by === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + by))]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

/** The approval of the row in focus; without one, the first on the page. */
function approveButton(): HTMLElement | null {
  const here = document.activeElement?.closest('li, tr, section, article')?.querySelector<HTMLElement>('[data-approve]')
  return here ?? document.querySelector<HTMLElement>('main [data-approve]')
}

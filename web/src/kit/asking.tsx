import { createContext, lazy, type ReactNode, Suspense, useContext, useState } from 'react'
import type { Question } from './confirm.tsx'

const Confirm = lazy(async () => ({ default: (await import('./confirm.tsx')).Confirm }))
const Ask = createContext<(question: Question) => void>(() => undefined)

/**
 * Holds the one question that is open. It lives above the pages, so that it stays, with the answer it got, when the row
 * that asked it goes away under a live update.
 */
export function Asking({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null)
  return (
    <Ask value={setQuestion}>
      {children}
      <Suspense>{question && <Confirm {...question} close={() => setQuestion(null)} />}</Suspense>
    </Ask>
  )
}

/** Gives the way to put a question before an act. */
export function useAsk() {
  return useContext(Ask)
}

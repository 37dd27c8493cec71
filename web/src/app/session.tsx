import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { StopView } from '../../../src/contract/views.ts'
import { ApiError, read } from '../api/request.ts'
import { SignIn } from './sign-in.tsx'

/** Lets in whom the gateway knows. Asked again every few seconds while it does not, in case another tab signs in. */
export function Session({ children }: { children: ReactNode }) {
  const { error } = useQuery({
    queryKey: ['stop'],
    queryFn: ({ signal }) => read<StopView>('/v1/stop', signal),
    refetchInterval: ({ state }) => (isUnknown(state.error) ? 3000 : false),
  })
  return isUnknown(error) ? <SignIn /> : children
}

function isUnknown(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 401
}

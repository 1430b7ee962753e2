// The query client and the few hooks every screen uses.
import { QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { api, type Answer, type Input, type Operation } from './client'
import { passing } from './problem'

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always', staleTime: 15_000, gcTime: 10 * 60_000,
      retry: (count, error) => count < 2 && passing(error),
      retryDelay: (count) => 400 * 2 ** count,
    },
    mutations: { networkMode: 'always' },
  },
})

/** The key of an operation's answer; the path's first word groups them. */
export function keyOf<K extends Operation>(operation: K, input?: { path?: unknown; query?: unknown }): readonly unknown[] {
  return [operation.split('/')[1], operation, input?.path ?? null, input?.query ?? null]
}

type Options = { enabled?: boolean; staleTime?: number; refetchInterval?: number }

/** Reads an operation and keeps its answer fresh. */
export function useApi<K extends Operation>(operation: K, input?: Omit<Input<K>, 'signal'>, options: Options = {}): UseQueryResult<Answer<K>> {
  const given = (input ?? {}) as { path?: unknown; query?: unknown }
  return useQuery({
    queryKey: keyOf(operation, given),
    queryFn: ({ signal }) => (api as (o: Operation, i: unknown) => Promise<Answer<K>>)(operation, { ...given, signal }),
    ...options,
  })
}

/** Forgets what is known under the first word of a path, such as "notes". */
export const refresh = (...words: string[]): Promise<unknown> =>
  Promise.all(words.map((word) => queries.invalidateQueries({ queryKey: [word] })))

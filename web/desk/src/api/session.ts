// Who is signed in, and what they may do.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api } from './client'
import { Problem } from './problem'
import type { Me } from './types'

export const meQuery = queryOptions({
  queryKey: ['session', 'me'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await api('GET /session', { signal, quiet: true })
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null
      throw error
    }
  },
  staleTime: 60_000,
})

/** Me, inside the shell, where somebody is signed in. */
export function useMe(): Me {
  const { data } = useQuery(meQuery)
  return data ?? nobody
}

const nobody: Me = { kind: 'staff', id: '', name: '', capabilities: [] }

/** Tells whether the person may do a thing, by the API's own word for it. */
export function useMay(): (capability: string) => boolean {
  const me = useMe()
  return (capability) => (me.capabilities as string[]).includes(capability)
}

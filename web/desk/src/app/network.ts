// Whether the server can be reached, as the requests themselves found out. The
// browser's own word only says whether there is any network at all.
import { useSyncExternalStore } from 'react'
import { api, listen } from '../api/client'

let reachable = true
let timer: ReturnType<typeof setTimeout> | undefined
const waiting = new Set<() => void>()

function set(now: boolean): void {
  if (now === reachable) return
  reachable = now
  clearTimeout(timer)
  if (!now) timer = setTimeout(probe, 3000)
  waiting.forEach((f) => f())
}

/** Asks again every few seconds while nothing is heard. */
async function probe(): Promise<void> {
  await api('GET /session', { quiet: true }).catch(() => {})
  if (!reachable) timer = setTimeout(probe, 3000)
}

listen((event) => {
  if (event !== 'signed-out') set(event === 'reachable')
})
if (typeof window !== 'undefined') {
  window.addEventListener('online', () => void probe())
  window.addEventListener('offline', () => set(false))
}

/** Calls back whenever the server comes or goes; returns how to stop. */
export function onNetwork(callback: () => void): () => void {
  waiting.add(callback)
  return () => void waiting.delete(callback)
}

export const isReachable = (): boolean => reachable

export const useReachable = (): boolean => useSyncExternalStore(onNetwork, isReachable)

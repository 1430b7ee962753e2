// A value outside of React that components can watch.
import { useSyncExternalStore } from 'react'

export interface Flag<T> {
  get: () => T
  set: (value: T) => void
  use: () => T
}

export function flag<T>(initial: T): Flag<T> {
  let value = initial
  const listeners = new Set<() => void>()
  const get = () => value
  const subscribe = (f: () => void) => {
    listeners.add(f)
    return () => void listeners.delete(f)
  }
  return {
    get,
    set(next) {
      value = next
      listeners.forEach((f) => f())
    },
    use: () => useSyncExternalStore(subscribe, get),
  }
}

// A value that views outside React set and components follow.
import { useSyncExternalStore } from 'react'

/** A small store. */
export class Store<T> {
  private listeners = new Set<() => void>()
  constructor(private value: T) {}

  get = (): T => this.value

  set = (value: T): void => {
    if (Object.is(value, this.value)) return
    this.value = value
    this.listeners.forEach((l) => l())
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Follows the value from a component. */
  use(): T {
    return useSyncExternalStore(this.subscribe, this.get)
  }
}

// What every page is: a title, markup, and what its forms and buttons do.
import type { Markup } from './html'

export interface Page {
  title: string
  body: Markup
  /** By the data-do of a form or button. */
  acts?: Record<string, (target: HTMLElement) => Promise<void> | void>
}

/** Where a page is asked from. */
export interface Visit {
  url: URL
  /** Goes to another page; with replace this one is not come back to. */
  go: (address: string, replace?: boolean) => void
  say: (sentence: string) => void
}

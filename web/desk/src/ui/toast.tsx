// Short messages at the corner of the screen.
import type { NotificationData } from '@mantine/notifications'
import { useEffect, type ComponentType } from 'react'
import { sentence } from '../api/problem'
import { flag } from '../app/flag'

const corner = flag<{ Toasts?: ComponentType }>({})

async function load() {
  const toasts = await import('./toasts')
  if (!corner.get().Toasts) corner.set(toasts)
  return toasts
}

// The desk goes on without its corner: what could not be fetched is asked for
// again with the next message.
const lost = (error: unknown) => console.error('A message could not be shown', error)

/** Where the messages appear. It is fetched after the first screen. */
export function Corner() {
  const { Toasts } = corner.use()
  useEffect(() => void load().catch(lost), [])
  return Toasts ? <Toasts /> : null
}

const show = (message: NotificationData): void => void load().then(({ notifications }) => notifications.show(message)).catch(lost)

export const done = (message: string): void => show({ message, color: 'teal', autoClose: 4000 })

/** Tells that something did not work; stays until it is closed. */
export const failed = (error: unknown, title = 'This did not work'): void =>
  show({ title, message: sentence(error), color: 'red', autoClose: false, role: 'alert' })

/** Tells why something is not done. */
export const hint = (title: string, message: string): void => show({ title, message, color: 'yellow', autoClose: 8000, role: 'alert' })

// Short messages at the corner of the screen.
import type { NotificationData } from '@mantine/notifications'
import { sentence } from '../api/problem'

const show = (message: NotificationData): void => void import('./toasts').then(({ notifications }) => notifications.show(message))

export const done = (message: string): void => show({ message, color: 'teal', autoClose: 4000 })

/** Tells that something did not work; stays until it is closed. */
export const failed = (error: unknown, title = 'This did not work'): void =>
  show({ title, message: sentence(error), color: 'red', autoClose: false, role: 'alert' })

/** Tells why something is not done. */
export const hint = (title: string, message: string): void => show({ title, message, color: 'yellow', autoClose: 8000, role: 'alert' })

// The corner of the screen where short messages appear. It comes after the
// first screen, with its styles; nobody is told anything before that.
import '@mantine/notifications/styles.layer.css'
import { Notifications } from '@mantine/notifications'

export { notifications } from '@mantine/notifications'
export const Toasts = () => <Notifications position="bottom-right" limit={4} />

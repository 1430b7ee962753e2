// The corner of the screen where short messages appear. It comes after the
// first screen; nobody is told anything before that. Its styles come with the
// desk's: a sheet that failed once is not asked for again.
import { Notifications } from '@mantine/notifications'

export { notifications } from '@mantine/notifications'
export const Toasts = () => <Notifications position="bottom-right" limit={4} />

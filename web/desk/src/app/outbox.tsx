// Runs the outbox when the desk opens and when the server is back, and tells.
import { Anchor } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useMay, useMe } from '../api/session'
import { done } from '../ui/toast'
import { isReachable, onNetwork } from './network'

export function Outbox() {
  const me = useMe()
  const may = useMay()('notes.write')
  useEffect(() => {
    if (!may || !me.id) return
    const run = async () => {
      if (!isReachable()) return
      const { sendKept } = await import('../note/outbox')
      const { sent, waiting } = await sendKept(me.id)
      if (sent.length) done(`Sent what was typed while the server was away: ${sent.map((s) => s.local.title).join(', ')}`)
      for (const w of waiting) {
        notifications.show({
          id: 'unsent-' + w.note, color: 'yellow', autoClose: false, title: 'Typed here and not saved',
          message: <>Somebody else changed <Anchor component={Link} to="/notes/$id" params={{ id: w.note } as never} inherit>{w.local.title || 'Untitled'}</Anchor> meanwhile, or the server refused it. Open it and decide.</>,
        })
      }
    }
    void run()
    return onNetwork(() => void run())
  }, [me.id, may])
  return null
}

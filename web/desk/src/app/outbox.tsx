// Runs the outbox when the desk opens and when the server is back, and tells.
import { Anchor } from '@mantine/core'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useMay, useMe } from '../api/session'
import { done } from '../ui/toast'
import { isReachable, onNetwork } from './network'

export function Outbox() {
  const me = useMe()
  const may = useMay()('notes.write')
  const navigate = useNavigate()
  const router = useRouter()
  useEffect(() => {
    if (!may || !me.id) return
    const run = async () => {
      if (!isReachable()) return
      const { sendKept } = await import('../note/outbox')
      const opening = (note: string) => router.state.location.pathname.includes(note)
      const { sent, waiting } = await sendKept(me.id, opening)
      if (sent.length) done(`Sent what was typed while the server was away: ${sent.map((s) => s.local.title).join(', ')}`)
      if (waiting.length === 0) return
      const { notifications } = await import('../ui/toasts')
      for (const w of waiting) {
        if (opening(w.note)) continue // it shows it itself
        const id = 'unsent-' + w.note
        // Messages are drawn outside of the router, where its links do not work.
        const go = (e: React.MouseEvent) => {
          e.preventDefault()
          notifications.hide(id)
          void navigate({ to: '/notes/$id', params: { id: w.note } })
        }
        notifications.show({
          id, color: 'yellow', autoClose: false, title: 'Typed here and not saved',
          message: <>Somebody else changed <Anchor href={`/desk/notes/${w.note}`} onClick={go} inherit underline="always">{w.local.title || 'Untitled'}</Anchor> meanwhile, or the server refused it. Open it and decide.</>,
        })
      }
    }
    void run()
    return onNetwork(() => void run())
  }, [me.id, may, navigate, router])
  return null
}

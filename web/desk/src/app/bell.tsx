// What colleagues did that concerns me.
import { ActionIcon, Button, Group, Indicator, Popover, ScrollArea, Text, UnstyledButton } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import { refresh, useApi } from '../api/query'
import type { Notification } from '../api/types'
import { Loaded } from '../ui/states'
import { ago, dateTime } from '../ui/time'
import { failed } from '../ui/toast'

const words: Record<string, string> = {
  review_requested: 'asks for review', review_withdrawn: 'withdrew', approved: 'approved', sent_back: 'sent back', published: 'published', updated: 'updated',
  commented: 'commented', comment_reply: 'replied', mentioned: 'mentioned you', comment_resolved: 'resolved a thread', comment_reopened: 'opened a thread again',
  retracted: 'retracted', schedule_failed: 'The schedule failed',
}

const sentenceOf = (n: Notification): string => (n.kind === 'schedule_failed' ? words.schedule_failed! : `${n.by.name} ${words[n.kind] ?? n.kind.replaceAll('_', ' ')}`)

export function Bell() {
  const [open, setOpen] = useState(false)
  const list = useApi('GET /notifications', { query: { limit: 20 } }, { refetchInterval: 60_000 })
  const unread = list.data?.unread ?? 0
  const navigate = useNavigate()
  async function read(n?: Notification) {
    try {
      if (n && !n.read_at) await api('PUT /notifications/{id}/read', { path: { id: n.id } })
      else if (!n) await api('PUT /notifications/read')
      await refresh('notifications')
    } catch (error) {
      failed(error)
    }
  }
  function go(n: Notification) {
    setOpen(false)
    void read(n)
    if (n.note) void navigate({ to: '/notes/$id', params: { id: n.note }, hash: n.comment && `comment-${n.comment}` })
    else if (n.issue) void navigate({ to: '/issues/$id', params: { id: n.issue } })
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" width="min(23rem, 94vw)" trapFocus>
      <Indicator label={unread > 99 ? '99+' : unread} size={17} disabled={unread === 0} color="red.9" offset={6}>
        <Popover.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`} onClick={() => setOpen(!open)}><IconBell size={20} /></ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label="Notifications">
        <Group justify="space-between" px="md" py="xs">
          <Text fw={650} size="sm">Notifications</Text>
          {unread > 0 && <Button size="compact-xs" variant="subtle" onClick={() => void read()}>Mark all as read</Button>}
        </Group>
        <ScrollArea.Autosize mah="60vh" viewportProps={{ tabIndex: 0 }}>
          <Loaded query={list} rows={3}>
            {({ notifications }) => notifications.length === 0 ? <Text size="sm" c="dimmed" p="md">Nothing yet. Reviews, decisions and publications that concern you appear here.</Text> : (
              <div className="rows">
                {notifications.map((n) => (
                  <UnstyledButton key={n.id} className="bell-row" data-unread={!n.read_at || undefined} onClick={() => go(n)}>
                    <Text size="sm"><strong>{sentenceOf(n)}</strong>: {n.title}</Text>
                    {n.text && <Text size="sm" lineClamp={2}>“{n.text}”</Text>}
                    <Text size="xs" c="dimmed" component="time" dateTime={n.created_at} title={dateTime(n.created_at)}>{!n.read_at && 'New, '}{ago(n.created_at)}</Text>
                  </UnstyledButton>
                ))}
              </div>
            )}
          </Loaded>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  )
}

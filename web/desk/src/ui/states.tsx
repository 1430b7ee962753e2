// What a screen shows when it has nothing to show: loading, empty, failed.
import { Button, Group, Skeleton, Stack } from '@mantine/core'
import { IconAlertTriangle, IconInbox, IconLock, IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Problem, Unreachable, sentence } from '../api/problem'

export function Loading({ rows = 5, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <Stack gap="xs" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, i) => <Skeleton key={i} height={38} radius="sm" />)}
    </Stack>
  )
}

export function Empty({ title, children, icon = <IconInbox aria-hidden /> }: { title: string; children?: ReactNode; icon?: ReactNode }) {
  return (
    <div className="state">
      {icon}
      <h2>{title}</h2>
      {children}
    </div>
  )
}

/** A failure that fills its place, with what can be done about it. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const lost = error instanceof Unreachable
  const locked = error instanceof Problem && error.status === 403
  const gone = error instanceof Problem && error.status === 404
  const title = lost ? 'No connection' : locked ? 'Not for your role' : gone ? 'Nothing here' : 'This did not work'
  return (
    <div className="state" role="alert">
      {lost ? <IconPlugConnectedX aria-hidden /> : locked ? <IconLock aria-hidden /> : <IconAlertTriangle aria-hidden />}
      <h2>{title}</h2>
      <p>{sentence(error)}</p>
      {error instanceof Problem && error.requestId && error.status >= 500 && <p><small>Request {error.requestId}</small></p>}
      {retry && !locked && !gone && <Button variant="default" onClick={retry}>Try again</Button>}
    </div>
  )
}

type Result<T> = { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown }

/** Shows what a query brought, or the state it is in. */
export function Loaded<T>({ query, rows, children }: { query: Result<T>; rows?: number; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.isPending) return <Loading rows={rows} />
  return <Failed error={query.error} retry={() => void query.refetch()} />
}

interface Pages {
  error: unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  isFetchNextPageError: boolean
  fetchNextPage: () => unknown
}

/** The foot of a list: its next page, on demand. */
export function More({ list, label = 'Show more' }: { list: Pages; label?: string }) {
  if (list.isFetchNextPageError) return <Failed error={list.error} retry={() => void list.fetchNextPage()} />
  if (!list.hasNextPage) return null
  return <Group justify="center" mt="md"><Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{label}</Button></Group>
}

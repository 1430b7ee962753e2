// What was sent to one webhook, and what came back.
import { Anchor, Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { api } from '../api/client'
import { keyOf, refresh, useApi } from '../api/query'
import type { WebhookCall, WebhookDelivery } from '../api/types'
import { FilterRow } from '../ui/filter-row'
import { Page } from '../ui/page'
import { useSend } from '../ui/send'
import { Empty, Failed, Loaded, Loading, More } from '../ui/states'
import { DataRow, DataTable } from '../ui/table'
import { ago, dateTime, dayOf, dayStart } from '../ui/time'
import { done, failed } from '../ui/toast'
import { tryOut } from './webhooks'
import { condition, standing } from './words'

type State = WebhookDelivery['state']

export function WebhookLog() {
  const { id } = useParams({ from: '/inside/webhooks/$id' })
  const webhook = useApi('GET /webhooks/{id}', { path: { id } })
  const [state, setState] = useState('')
  const [open, setOpen] = useState<string>()
  const [again, setAgain] = useState(false)
  const list = useInfiniteQuery({
    queryKey: [...keyOf('GET /webhooks/{id}/deliveries', { path: { id }, query: { state } }), 'pages'],
    queryFn: ({ pageParam, signal }) => api('GET /webhooks/{id}/deliveries', { path: { id }, query: { state: (state || undefined) as State | undefined, cursor: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: (before) => before,
    refetchInterval: 15_000,
  })
  const rows = list.data?.pages.flatMap((p) => p.deliveries) ?? []
  const w = webhook.data
  if (!w) return <Page title="Webhook">{webhook.isPending ? <Loading /> : <Failed error={webhook.error} retry={() => void webhook.refetch()} />}</Page>
  return (
    <Page title={w.name} lead={<><Anchor component={Link} to="/webhooks" underline="always">All webhooks</Anchor> · {condition[w.state]}{w.why && `. ${w.why}`} · <span style={{ overflowWrap: 'anywhere' }}>{w.url}</span></>} actions={
      <Group gap="sm">
        <Button variant="default" disabled={w.state !== 'on'} onClick={() => setAgain(true)}>Send again …</Button>
        <Button onClick={() => void tryOut(w)}>Test</Button>
      </Group>
    }>
      <FilterRow filters={[{ field: 'state', label: 'State', any: 'Any state', data: Object.entries(standing).map(([value, label]) => ({ value, label })) }]} value={{ state }} onSet={(part) => setState(part.state ?? '')} />
      {list.isPending ? <Loading /> : list.isError && !list.data ? <Failed error={list.error} retry={() => void list.refetch()} /> : rows.length === 0 ? (
        <Empty title={state ? 'No delivery in this state' : 'Nothing was sent yet'}>{state ? <Button variant="default" onClick={() => setState('')}>Show all</Button> : <p>Send a test, or wait until something happens. Deliveries are kept for 30 days.</p>}</Empty>
      ) : (
        <DataTable label="Deliveries" width={680} heads={['Event', 'State', 'Tries', 'When']} actions>
          {rows.map((d) => (
            <DataRow key={d.id} head={d.type}
              cells={[
                <><span className="status" data-status={d.state === 'delivered' ? 'published' : d.state === 'waiting' ? 'scheduled' : 'retracted'}>{standing[d.state]}</span>{d.status ? <span className="dim">, answered {d.status}</span> : null}{d.next_at && d.attempts > 0 && <div className="dim">again {ago(d.next_at)}</div>}</>,
                String(d.attempts),
                <time dateTime={d.at} title={dateTime(d.at)} className="nowrap">{ago(d.at)}</time>,
              ]}
              actions={<Button size="compact-sm" variant="subtle" aria-label={`Look at ${d.type}, ${dateTime(d.at)}`} onClick={() => setOpen(d.id)}>Look</Button>} />
          ))}
        </DataTable>
      )}
      <More list={list} />
      {open && <Details webhook={id} delivery={open} on={w.state === 'on'} onClose={() => setOpen(undefined)} />}
      {again && <Again webhook={id} onClose={() => setAgain(false)} />}
    </Page>
  )
}

function Details({ webhook, delivery, on, onClose }: { webhook: string; delivery: string; on: boolean; onClose: () => void }) {
  const record = useApi('GET /webhooks/{id}/deliveries/{delivery}', { path: { id: webhook, delivery } })
  const [busy, setBusy] = useState(false)
  async function replay() {
    setBusy(true)
    try {
      await api('POST /webhooks/{id}/deliveries/{delivery}/replay', { path: { id: webhook, delivery } })
      await refresh('webhooks')
      done('It is on its way again')
      onClose()
    } catch (error) {
      failed(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} size="xl" title={<Text fw={650}>{record.data?.type ?? 'Delivery'}</Text>}>
      <Loaded query={record}>
        {(r) => (
          <Stack>
            <section aria-label="What was sent">
              <Text size="sm" fw={600} mb={4}>What was sent</Text>
              <Code block tabIndex={0} mah={260} style={{ overflow: 'auto' }}>{JSON.stringify(r.body, null, 2)}</Code>
            </section>
            {r.calls.length === 0 ? <Text size="sm" c="dimmed">No call was made yet.</Text> : r.calls.map((c, i) => <Call key={c.at} call={c} number={i + 1} />)}
            <Group justify="flex-end"><Button variant="default" onClick={onClose}>Close</Button><Button loading={busy} disabled={!on} onClick={() => void replay()}>Send again</Button></Group>
          </Stack>
        )}
      </Loaded>
    </Modal>
  )
}

function Call({ call: c, number }: { call: WebhookCall; number: number }) {
  return (
    <section aria-label={`Call ${number}`}>
      <Text size="sm" fw={600}>Call {number}, <time dateTime={c.at}>{dateTime(c.at)}</time></Text>
      <Text size="sm">{c.status ? `Answered ${c.status} in ${c.took_ms} ms` : c.error}</Text>
      <Code block tabIndex={0} mt={4}>{`POST ${c.url}\n${c.request}`.trim()}</Code>
      {c.answer && <Code block tabIndex={0} mt={4} mah={160} style={{ overflow: 'auto' }}>{c.answer}</Code>}
    </section>
  )
}

/** Sends all events of some days again. */
function Again({ webhook, onClose }: { webhook: string; onClose: () => void }) {
  const today = dayOf(new Date().toISOString())
  const [from, setFrom] = useState(today)
  const [to, setTo] = useState(today)
  const { send, busy, fields, problem } = useSend()
  async function submit(e: FormEvent, missed: boolean) {
    e.preventDefault()
    let events = 0
    const well = await send(async () => {
      events = (await api('POST /webhooks/{id}/replay', { path: { id: webhook }, body: { from: dayStart(from), to: dayStart(to, 1), missed } })).events
    })
    if (!well) return
    await refresh('webhooks')
    done(events === 1 ? 'One event is on its way' : `${events} events are on their way`)
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>Send again</Text>}>
      <form onSubmit={(e) => void submit(e, true)} noValidate>
        <Stack>
          {problem}
          <Text size="sm">Also what happened while the webhook was off, or not there yet. Each event has the same id as before, so that the receiver can tell a repeat.</Text>
          <Group grow align="start">
            <TextInput type="date" label="From" value={from} error={fields.from} onChange={(e) => setFrom(e.currentTarget.value)} data-autofocus />
            <TextInput type="date" label="To" value={to} error={fields.to} onChange={(e) => setTo(e.currentTarget.value)} />
          </Group>
          <Group justify="flex-end">
            <Button variant="default" disabled={!from || !to || busy} onClick={(e) => void submit(e, false)}>Everything</Button>
            <Button type="submit" loading={busy} disabled={!from || !to}>What was missed</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

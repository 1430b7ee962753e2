// What can be done with the members that are ticked.
import { Alert, Button, Group, List, Modal, Progress, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { address } from '../api/client'
import { newID } from '../api/id'
import { refresh, useApi } from '../api/query'
import { useMay } from '../api/session'
import { Csv } from '../ui/csv'
import { useChanged } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { useSend } from '../ui/send'
import { dayStart } from '../ui/time'
import { act, most, sentence, type Chosen, type MemberAct, type Outcome } from './bulk'

type Action = MemberAct['action']
const labels: Record<Action, string> = { give_access: 'Give access', end_access: 'End access' }

interface Props {
  members: Chosen[]
  onDone: (outcome?: Outcome) => void
}

export function MembersBar({ members, onDone }: Props) {
  const may = useMay()('members.write')
  const [action, setAction] = useState<Action>()
  const ids = members.map((m) => m.id)
  return (
    <div className="panel panel-pad bulk" role="region" aria-label="Actions for the ticked members">
      <Group gap="sm">
        <Text size="sm" fw={600} role="status">{members.length} ticked</Text>
        {may && (Object.keys(labels) as Action[]).map((a) => <Button key={a} size="xs" variant="default" disabled={ids.length === 0} onClick={() => setAction(a)}>{labels[a]}</Button>)}
        {ids.length > 0 && ids.length <= most && <Csv size="xs" href={address('GET /members.csv', {}, { ids })}>Export these</Csv>}
        <Button size="xs" variant="subtle" onClick={() => onDone()}>Untick all</Button>
      </Group>
      {action && <MembersDialog action={action} members={members} onClose={() => setAction(undefined)} onDone={onDone} />}
    </div>
  )
}

const named = 20

function MembersDialog({ action, onClose, onDone, ...chosen }: Props & { action: Action; onClose: () => void }) {
  const [members] = useState(chosen.members) // the list goes on changing behind the question
  const give = action === 'give_access'
  const plans = useApi('GET /plans', undefined, { staleTime: 60_000 })
  const [plan, setPlan] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [remark, setRemark] = useState('')
  const [key] = useState(() => newID())
  const [progress, setProgress] = useState(0)
  const { send, busy, fields, problem } = useSend()
  const leave = useLeave(useChanged({ plan, from, to, remark }) && !busy, onClose)
  async function go() {
    let outcome: Outcome | undefined
    const dates = give ? { starts_at: dayStart(from) || undefined, ends_at: dayStart(to) } : {}
    const well = await send(async () => { outcome = await act(labels[action], members, { action, plan: plan || undefined, remark: remark || undefined, ...dates }, key, setProgress) })
    await refresh('members')
    if (well) onDone(outcome)
  }
  return (
    <Modal opened onClose={() => !busy && leave.close()} title={<Text fw={650}>{labels[action]}: {members.length} {members.length === 1 ? 'member' : 'members'}</Text>}>
      {leave.question}
      <form onSubmit={(e) => { e.preventDefault(); if (!busy) void go() }}>
        <Stack gap="sm">
          <List size="sm" mah={140} style={{ overflowY: 'auto' }} tabIndex={0} aria-label="Members">
            {members.slice(0, named).map((m) => <List.Item key={m.id}>{m.email}</List.Item>)}
            {members.length > named && <List.Item>and {members.length - named} more</List.Item>}
          </List>
          {!give && <Text size="sm">Complimentary access that is open or to come closes at once. What was paid for, or came as a present, stays. The members are not told.</Text>}
          <Select label="Plan" allowDeselect={false} data={[{ value: '', label: give ? 'Every plan' : 'Whatever was given' }, ...(plans.data?.plans ?? []).map((p) => ({ value: p.slug, label: p.name }))]} value={plan} error={fields.plan} onChange={(v) => setPlan(v ?? '')} data-autofocus />
          {give && (
            <Group grow align="start">
              <TextInput type="date" label="From" description="Left empty: now" inputWrapperOrder={['label', 'input', 'description', 'error']} value={from} error={fields.starts_at} onChange={(e) => setFrom(e.currentTarget.value)} />
              <TextInput type="date" label="Until" required withAsterisk={false} description="The day itself is outside" inputWrapperOrder={['label', 'input', 'description', 'error']} value={to} error={fields.ends_at} onChange={(e) => setTo(e.currentTarget.value)} />
            </Group>
          )}
          <Textarea label={give ? 'Remark, for colleagues' : 'Why, for colleagues'} autosize value={remark} maxLength={give ? 2000 : 500} error={fields.remark ?? fields.why} onChange={(e) => setRemark(e.currentTarget.value)} />
          {problem}
          {busy && <Progress value={(100 * progress) / members.length} aria-label="Progress" />}
          <Group justify="flex-end">
            <Button variant="default" disabled={busy} onClick={leave.close}>Cancel</Button>
            <Button type="submit" color={give ? undefined : 'red.8'} loading={busy} disabled={give && !to}>{labels[action]}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** What became of the last act. */
export function MembersOutcome({ outcome, onClose }: { outcome: Outcome; onClose: () => void }) {
  return (
    <Alert mb="sm" color={outcome.refused.length ? 'yellow' : 'teal'} role="status" aria-label="The last act" withCloseButton closeButtonLabel="Close" onClose={onClose}>
      {sentence(outcome)}
      {outcome.refused.length > 0 && <List size="sm" mt={4}>{outcome.refused.map((r) => <List.Item key={r.email}><strong>{r.email}</strong>: {r.why}</List.Item>)}</List>}
    </Alert>
  )
}

// What an act on many notes asks for.
import { MultiSelect, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useApi } from '../api/query'
import { OrderedPick } from '../note/side/ordered-pick'
import type { Act } from './bulk'
import { gateWords, kindWords } from './status'
import type { Verb } from './verbs'

interface Props {
  verb: Verb
  value: Partial<Act>
  onChange: (part: Partial<Act>) => void
}

const words = (w: Record<string, string>) => Object.entries(w).map(([value, label]) => ({ value, label }))
const refs = (list: { slug: string; name: string }[] = []) => list.map(({ slug, name }) => ({ value: slug, label: name }))

export function BulkFields({ verb, value, onChange }: Props) {
  if (!verb.asks) return null
  return <Stack gap="sm" mt="md"><Asked verb={verb} value={value} onChange={onChange} /></Stack>
}

function Asked({ verb, value, onChange }: Props) {
  const { data } = useApi('GET /catalogue', undefined, { staleTime: 60_000 })
  const one = (label: string, choices: { value: string; label: string }[]) => (
    <Select label={label} data={choices} searchable={choices.length > 8} value={value.value ?? null} onChange={(v) => onChange({ value: v ?? undefined })} nothingFoundMessage="None by this name" data-autofocus />
  )
  switch (verb.asks) {
    case 'topic': return one('Topic', refs(data?.topics))
    case 'author': return one('Author', refs(data?.authors))
    case 'kind': return one('Kind', words(kindWords))
    case 'series': return one('Series', [{ value: '', label: 'No series' }, ...refs(data?.series)])
    case 'gate': return <GateFields value={value} onChange={onChange} />
    case 'topics': return <Several label="Topics" data={refs(data?.topics)} value={value} onChange={onChange} />
    case 'authors': return <Several label="Authors" data={refs(data?.authors)} value={value} onChange={onChange} />
    case 'moment': return <Moment value={value} onChange={onChange} />
    case 'review': return <Review value={value} onChange={onChange} />
    case 'reason': return <Textarea label="Why, in words for readers" maxLength={500} autosize minRows={2} value={value.reason ?? ''} onChange={(e) => onChange({ reason: e.currentTarget.value })} data-autofocus />
  }
}

type Part = Omit<Props, 'verb'>

function Several({ label, data, value, onChange }: Part & { label: string; data: { value: string; label: string }[] }) {
  return (
    <>
      <OrderedPick label={label} data={data} value={value.values ?? []} onChange={(values) => onChange({ values })} />
      <Text size="sm" c="dimmed">They take the place of those that each note has.</Text>
    </>
  )
}

function GateFields({ value, onChange }: Part) {
  const { data } = useApi('GET /plans')
  return (
    <>
      <Select label="Who may read what stands below the paywall" data={words(gateWords)} value={value.value ?? null} onChange={(v) => onChange({ value: v ?? undefined, gate_plans: undefined })} data-autofocus />
      {value.value === 'plans' && <MultiSelect label="Plans" data={refs(data?.plans)} value={value.gate_plans ?? []} onChange={(gate_plans) => onChange({ gate_plans })} />}
    </>
  )
}

function Moment({ value, onChange }: Part) {
  const { data } = useApi('GET /settings', undefined, { staleTime: 60_000 })
  return (
    <>
      <TextInput type="datetime-local" label="When" description={data && `On the clocks of ${data.time_zone.replace('_', ' ')}`} required withAsterisk={false} value={value.at ?? ''} onChange={(e) => onChange({ at: e.currentTarget.value || undefined })} data-autofocus />
      <Text size="sm" c="dimmed">Each note goes out as it is now; what is written later is not in it. A note that readers see is updated.</Text>
    </>
  )
}

function Review({ value, onChange }: Part) {
  const staff = useApi('GET /staff')
  const roles = useApi('GET /roles')
  const able = new Set(roles.data?.roles.filter((r) => r.capabilities.includes('notes.review')).map((r) => r.id))
  const people = (staff.data?.staff ?? []).filter((s) => !s.disabled_at && able.has(s.role))
  return (
    <>
      <MultiSelect label="Who should look" description="Nobody chosen: everybody who may review is told." searchable data={people.map((s) => ({ value: s.id, label: s.name }))}
        value={value.reviewers ?? []} onChange={(reviewers) => onChange({ reviewers })} nothingFoundMessage="Nobody by this name may review" />
      <Textarea label="What they should know" maxLength={500} autosize minRows={2} value={value.reason ?? ''} onChange={(e) => onChange({ reason: e.currentTarget.value })} data-autofocus />
    </>
  )
}

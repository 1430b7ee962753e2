// What belongs to a note beside its text.
import { Accordion, Anchor, MultiSelect, NumberInput, Select, Text, Textarea, TextInput } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import { Problem } from '../../api/problem'
import { useApi } from '../../api/query'
import { gateWords, kindWords } from '../../notes/status'
import { dateTime } from '../../ui/time'
import type { Fields } from '../fields'
import { useNote, usePart, useSaver } from '../use-saver'
import { Attachments } from './attachments'
import { Cover } from './cover'
import { OrderedPick } from './ordered-pick'
import { NotePrice } from './price'
import { SocialCard } from './social-card'

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

/** The fields of a note beside its text, how to change them, and what the server said of each. */
export function useFields(readOnly: boolean) {
  const saver = useSaver()
  const local = usePart(({ local: { body: _, ...rest } }) => rest)
  const problem = usePart(({ state }) => (state.kind === 'refused' ? state.error : null))
  const error = (name: string) => (problem instanceof Problem ? problem.field('/' + name) : undefined)
  const set = (part: Partial<Fields>) => { if (!readOnly) saver.set(part) }
  return { local, error, set }
}

export const Side = memo(function Side({ readOnly }: { readOnly: boolean }) {
  return (
    <Accordion multiple defaultValue={['abstract', 'order', 'gate']} variant="default" className="side">
      <Section value="abstract" title="Abstract"><Abstract readOnly={readOnly} /></Section>
      <Section value="order" title="Kind, series, topics"><Order readOnly={readOnly} /></Section>
      <Section value="gate" title="Gate"><Gate readOnly={readOnly} /></Section>
      <Section value="cover" title="Cover"><Cover readOnly={readOnly} /></Section>
      <Section value="files" title="Files"><Attachments readOnly={readOnly} /></Section>
      <Section value="address" title="Address and dates"><Address readOnly={readOnly} /></Section>
      <Section value="seo" title="Search engines and shared links"><Seo readOnly={readOnly} /></Section>
    </Accordion>
  )
})

function Section({ value, title, children }: { value: string; title: string; children: ReactNode }) {
  return (
    <Accordion.Item value={value}>
      <Accordion.Control><Text fw={600} size="sm">{title}</Text></Accordion.Control>
      <Accordion.Panel><div className="side-fields">{children}</div></Accordion.Panel>
    </Accordion.Item>
  )
}

function Abstract({ readOnly }: { readOnly: boolean }) {
  const { local, error, set } = useFields(readOnly)
  return (
    <Textarea aria-label="Abstract" description={`What everybody reads, in lists and above the text. ${local.abstract.length} of 2,000.`} inputWrapperOrder={['input', 'description', 'error']}
      autosize minRows={3} maxRows={14} maxLength={2000} readOnly={readOnly} value={local.abstract} error={error('abstract')} onChange={(e) => set({ abstract: e.currentTarget.value })} />
  )
}

function Order({ readOnly }: { readOnly: boolean }) {
  const { local, error, set } = useFields(readOnly)
  const { data } = useApi('GET /catalogue', undefined, { staleTime: 60_000 })
  const label = (x: { slug: string; name: string }) => ({ value: x.slug, label: x.name })
  const issues = (data?.issues ?? []).filter((i) => i.series === local.series).map((i) => ({ value: i.slug, label: i.label }))
  const known = issues.some((i) => i.value === local.issue) || !local.issue
  return (
    <>
      <Select label="Kind" data={options(kindWords)} value={local.kind} readOnly={readOnly} allowDeselect={false} error={error('kind')} onChange={(v) => v && set({ kind: v })} />
      <Select label="Series" placeholder="None" data={(data?.series ?? []).map(label)} value={local.series || null} readOnly={readOnly} clearable clearButtonProps={{ 'aria-label': 'No series' }} error={error('series')} onChange={(v) => set({ series: v ?? '', issue: '', position: 0 })} />
      {local.series && (
        <div className="side-row">
          <Select label="Issue" placeholder="None" flex={1} data={known ? issues : [...issues, { value: local.issue, label: local.issue }]} value={local.issue || null} readOnly={readOnly} clearable clearButtonProps={{ 'aria-label': 'No issue' }} error={error('issue')} onChange={(v) => set({ issue: v ?? '' })} />
          {local.issue && <NumberInput label="Place" w={84} min={0} max={9999} value={local.position} readOnly={readOnly} error={error('position')} onChange={(v) => typeof v === 'number' && set({ position: v })} />}
        </div>
      )}
      <OrderedPick label="Authors" data={(data?.authors ?? []).map(label)} value={local.authors} readOnly={readOnly} error={error('authors')} onChange={(authors) => set({ authors })} />
      <OrderedPick label="Topics" data={(data?.topics ?? []).map(label)} value={local.topics} readOnly={readOnly} error={error('topics')} onChange={(topics) => set({ topics })} />
    </>
  )
}

const gateHints: Record<string, string> = {
  public: 'Nothing is hidden, with a paywall in the text or without.',
  members: 'Whoever signs in reads below the paywall.',
  paid: 'Whoever has any plan reads below the paywall.',
  plans: 'Only whoever has one of these plans reads below the paywall.',
}

function Gate({ readOnly }: { readOnly: boolean }) {
  const { local, error, set } = useFields(readOnly)
  const id = usePart(({ note }) => note.id)
  const paywall = usePart((s) => /^<!--\s*paywall\s*-->\s*$/m.test(s.local.body))
  const plans = useApi('GET /plans', undefined, { enabled: local.gate === 'plans', staleTime: 60_000 })
  return (
    <>
      <Select aria-label="Who may read the gated text" description={gateHints[local.gate]} inputWrapperOrder={['input', 'description', 'error']} data={options(gateWords)} value={local.gate} readOnly={readOnly} allowDeselect={false} error={error('gate')} onChange={(v) => v && set({ gate: v })} />
      {local.gate === 'plans' && (
        <MultiSelect label="Plans" data={(plans.data?.plans ?? []).filter((p) => !p.archived || local.gate_plans.includes(p.slug)).map((p) => ({ value: p.slug, label: p.name }))} value={local.gate_plans} readOnly={readOnly}
          error={error('gate_plans') ?? (local.gate_plans.length === 0 ? 'Without a plan it opens to nobody.' : undefined)} onChange={(v) => set({ gate_plans: v })} />
      )}
      {(local.gate === 'paid' || local.gate === 'plans') && <NotePrice note={id} />}
      {local.gate !== 'public' && !paywall && <Text size="sm" c="var(--desk-warn)">There is no paywall in the text, so strangers see the abstract only.</Text>}
    </>
  )
}

function Address({ readOnly }: { readOnly: boolean }) {
  const { local, error, set } = useFields(readOnly)
  const note = useNote()
  const site = note.url.slice(0, note.url.lastIndexOf('/') + 1).replace(/^https?:\/\//, '')
  return (
    <>
      <TextInput label="Address" description={site} value={local.slug} readOnly={readOnly} maxLength={96} error={error('slug')} onChange={(e) => set({ slug: e.currentTarget.value })} spellCheck={false} />
      {note.published_at && <Text size="sm" c="dimmed">If it changes, the old address leads here from the next update on.</Text>}
      <dl className="facts">
        <dt>Published</dt><dd>{note.published_at ? dateTime(note.published_at) : 'not yet'}</dd>
        {note.live_version !== undefined && <><dt>Version readers see</dt><dd>{note.live_version}</dd></>}
        <dt>Last saved</dt><dd>{dateTime(note.updated_at)}</dd>
        <dt>Revision</dt><dd>{note.revision}</dd>
      </dl>
      {note.status === 'published' && <Anchor href={note.url} target="_blank" size="sm">Open on the portal</Anchor>}
      {note.retraction && <Text size="sm">Withdrawn: {note.retraction}</Text>}
    </>
  )
}

function Seo({ readOnly }: { readOnly: boolean }) {
  const { local, error, set } = useFields(readOnly)
  return (
    <>
      <TextInput label="Title" placeholder={local.title} value={local.seo_title} readOnly={readOnly} maxLength={300} error={error('seo_title')} onChange={(e) => set({ seo_title: e.currentTarget.value })} />
      <Textarea label="Description" placeholder={local.abstract} autosize minRows={2} value={local.seo_description} readOnly={readOnly} maxLength={500} error={error('seo_description')} onChange={(e) => set({ seo_description: e.currentTarget.value })} />
      <SocialCard />
    </>
  )
}

// What the owner decides about the publication.
import { Alert, Anchor, Button, Group, NumberInput, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { api } from '../api/client'
import { fieldMessages, hasCode, sentence } from '../api/problem'
import { keyOf, queries, useApi } from '../api/query'
import { useMay } from '../api/session'
import type { Settings } from '../api/types'
import { changes } from '../ui/draft'
import { useLeave } from '../ui/leave'
import { Page } from '../ui/page'
import { Loaded } from '../ui/states'
import { done } from '../ui/toast'
import { formOf, linesOf, trimmed, type Form, type Set } from './form'
import { Footer, LegalPages, Navigation } from './lists'
import { Look, type Logos } from './look'
import { PolicyPanel } from './policy'
import { Reach } from './reach'

const zones = (now: string) => [...new Set(['UTC', now, ...Intl.supportedValuesOf('timeZone')])].filter(Boolean)
const take = (s: Settings) => queries.setQueryData(keyOf('GET /settings'), s)

export function SettingsPage() {
  const settings = useApi('GET /settings')
  return (
    <Page title="Publication" lead={<>What readers see of the publication, and the rules of the desk. <Anchor href="/" target="_blank" underline="always">Open the portal</Anchor></>}>
      <Loaded query={settings}>{(s) => <Desk settings={s} />}</Loaded>
      <PolicyPanel />
    </Page>
  )
}

function useSettingsForm(settings: Settings) {
  const [from, setFrom] = useState(settings)
  const [form, setForm] = useState(() => formOf(settings))
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const changed = changes(form, formOf(from))
  const dirty = Object.keys(changed).length > 0
  // What arrives while nothing is typed is shown; else it waits for the save.
  useEffect(() => {
    if (!dirty && settings.version !== from.version) { setFrom(settings); setForm(formOf(settings)) }
  }, [dirty, settings, from.version])
  async function save() {
    setBusy(true)
    setError(undefined)
    const body = changes({ ...form, benefits: trimmed(form.benefits), company_domains: trimmed(form.company_domains), contact: { ...form.contact, lines: trimmed(form.contact.lines ?? []) } }, formOf(from))
    try {
      const saved = await api('PATCH /settings', { body, ifMatch: from.version })
      setFrom(saved)
      setForm(formOf(saved))
      take(saved)
      done('Saved')
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  /** Takes what a colleague saved for the ground, with the own changes on it. */
  async function rebase() {
    try {
      const theirs = await api('GET /settings')
      setForm({ ...formOf(theirs), ...changed })
      setFrom(theirs)
      take(theirs)
      setError(undefined)
    } catch (problem) {
      setError(problem)
    }
  }
  const set: Set = (field, value) => setForm((f) => ({ ...f, [field]: value }))
  return { form, set, from, dirty, error, busy, save, rebase, reset: () => { setForm(formOf(from)); setError(undefined) } }
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return <section aria-label={title}><h2>{title}</h2>{children}</section>
}

function Desk({ settings }: { settings: Settings }) {
  const write = useMay()('settings.write')
  const f = useSettingsForm(settings)
  const [logos, setLogos] = useState<Logos>({ logo: settings.logo_url, logo_dark: settings.logo_dark_url })
  const problems = fieldMessages(f.error)
  const leave = useLeave(f.dirty)
  const parts = { form: f.form, set: f.set, problems, write }
  return (
    <form onSubmit={(e) => { e.preventDefault(); void f.save() }} style={{ maxWidth: '46rem' }}>
      {leave.question}
      {!write && <Alert color="gray">Only owners change these.</Alert>}
      <fieldset disabled={!write} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <Part title="Name and words"><Words {...parts} /></Part>
        <Part title="Look"><Look {...parts} logos={logos} onLogos={setLogos} languages={f.from.languages} /></Part>
        <Part title="Contact"><Contact {...parts} /></Part>
        <Part title="Navigation"><Navigation {...parts} /></Part>
        <Part title="Footer"><Footer {...parts} /></Part>
        <Part title="Legal pages"><LegalPages {...parts} /></Part>
        <Part title="Readers and machines"><Reach {...parts} /></Part>
        <Part title="Rules of the desk"><Rules {...parts} /></Part>
      </fieldset>
      {f.error !== undefined && (
        <Alert color="red" role="alert" mt="lg">
          {hasCode(f.error, 'stale_version') ? 'Somebody else changed the settings meanwhile. Nothing of yours is lost.' : sentence(f.error)}
          {hasCode(f.error, 'stale_version') && <div><Button size="xs" mt="xs" variant="default" onClick={() => void f.rebase()}>Put mine on theirs</Button></div>}
        </Alert>
      )}
      {write && (
        <Group mt="lg">
          <Button type="submit" loading={f.busy} disabled={!f.dirty}>Save</Button>
          {f.dirty && <Button variant="subtle" onClick={() => { f.reset(); setLogos({ logo: f.from.logo_url, logo_dark: f.from.logo_dark_url }) }}>Discard changes</Button>}
          {f.dirty && <Text size="sm" c="dimmed">Not saved yet</Text>}
        </Group>
      )}
    </form>
  )
}

type Props = { form: Form; set: Set; problems: Record<string, string> }

function Words({ form, set, problems }: Props) {
  return (
    <Stack>
      <TextInput label="Name" value={form.name} required withAsterisk={false} maxLength={80} error={problems.name} onChange={(e) => set('name', e.currentTarget.value)} />
      <TextInput label="Tagline" value={form.tagline} maxLength={200} error={problems.tagline} onChange={(e) => set('tagline', e.currentTarget.value)} />
      <Textarea label="About" autosize minRows={2} value={form.about} maxLength={5000} error={problems.about} onChange={(e) => set('about', e.currentTarget.value)} />
      <Textarea label="What a subscriber gets" description="One in each line; shown where a note ends for strangers." autosize minRows={2} value={form.benefits.join('\n')} error={problems.benefits} onChange={(e) => set('benefits', linesOf(e.currentTarget.value))} />
      <TextInput label="Notice" description="A line at the foot of every page." value={form.notice} maxLength={500} error={problems.notice} onChange={(e) => set('notice', e.currentTarget.value)} />
      <Select label="Time zone" description="Schedules are given in it." searchable allowDeselect={false} data={zones(form.time_zone)} value={form.time_zone} error={problems.time_zone} maw={320} limit={100} nothingFoundMessage="None by this name" onChange={(v) => v && set('time_zone', v)} />
    </Stack>
  )
}

function Contact({ form, set, problems }: Props) {
  const c = form.contact
  const change = (part: Partial<typeof c>) => set('contact', { ...c, ...part })
  return (
    <Stack>
      <TextInput label="Headline" value={c.headline} maxLength={200} error={problems['contact.headline']} onChange={(e) => change({ headline: e.currentTarget.value })} />
      <Textarea label="Contact text" autosize minRows={2} value={c.text} maxLength={2000} error={problems['contact.text']} onChange={(e) => change({ text: e.currentTarget.value })} />
      <Textarea label="Postal address" autosize minRows={2} value={(c.lines ?? []).join('\n')} error={problems['contact.lines']} onChange={(e) => change({ lines: linesOf(e.currentTarget.value) })} />
      <Group grow align="start">
        <TextInput label="E-mail" type="email" value={c.email} maxLength={254} error={problems['contact.email']} onChange={(e) => change({ email: e.currentTarget.value })} />
        <TextInput label="Telephone" value={c.phone} maxLength={60} error={problems['contact.phone']} onChange={(e) => change({ phone: e.currentTarget.value })} />
      </Group>
    </Stack>
  )
}

function Rules({ form, set, problems }: Props) {
  return (
    <Stack>
      <Switch label="Four eyes" description="Nobody approves or publishes what they wrote themselves." checked={form.four_eyes} onChange={(e) => set('four_eyes', e.currentTarget.checked)} />
      <Switch label="A second factor is required" description="Whoever signs in with a password alone can do nothing but add one." checked={form.require_second_factor} onChange={(e) => set('require_second_factor', e.currentTarget.checked)} />
      <NumberInput label="Devices of a member" description="How many may be signed in at once. The one not used for the longest time makes room, and is told so. Empty for any number." placeholder="any number" w={320} min={0} max={100} allowDecimal={false} value={form.member_sessions || ''} error={problems.member_sessions} onChange={(v) => set('member_sessions', Number(v) || 0)} />
      <Switch label="Passwords for members" description="Members may have a password beside links, codes and passkeys. Without it, passwords that are set do not open anything." checked={form.member_passwords} onChange={(e) => set('member_passwords', e.currentTarget.checked)} />
      <NumberInput label="Networks that look like sharing" description="When the devices of a member are in as many within a day, the owners get a letter, and the member a mark. Nobody is shut out. Empty for never." placeholder="never" w={320} min={0} max={100} allowDecimal={false} value={form.sharing_networks || ''} error={problems.sharing_networks} onChange={(v) => set('sharing_networks', Number(v) || 0)} />
      <NumberInput label="PDF copies that look like sharing" description="Taken by one member within a day. Empty for never." placeholder="never" w={320} min={0} max={1000} allowDecimal={false} value={form.sharing_copies || ''} error={problems.sharing_copies} onChange={(v) => set('sharing_copies', Number(v) || 0)} />
      <NumberInput label="Notes a member may share in a month" description="With colleagues, by a link that opens this one note while the member may read it. Empty for none, which also ends every link there is." placeholder="none" w={320} min={0} max={100} allowDecimal={false} value={form.shared_notes || ''} error={problems.shared_notes} onChange={(v) => set('shared_notes', Number(v) || 0)} />
      {form.shared_notes > 0 && <NumberInput label="Readers of a link" description="In how many browsers it may be opened." w={320} min={1} max={100} allowDecimal={false} value={form.share_openings} error={problems.share_openings} onChange={(v) => set('share_openings', Number(v) || 1)} />}
      {form.shared_notes > 0 && <NumberInput label="Days of a link" description="How long it lives." w={320} min={1} max={90} allowDecimal={false} value={form.share_days} error={problems.share_days} onChange={(v) => set('share_days', Number(v) || 1)} />}
    </Stack>
  )
}

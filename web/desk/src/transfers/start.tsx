// Begins an import: where it comes from, its file, and how it is meant.
import { Button, Checkbox, FileInput, Group, Modal, Progress, Select, Stack, Text, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { refresh, useApi } from '../api/query'
import type { ImportOptions } from '../api/types'
import { useSend } from '../ui/send'
import { dayStart } from '../ui/time'
import { limit, sendImport } from './send'
import { origins, type Source } from './words'

export function StartImport({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [source, setSource] = useState<Source>('ghost')
  const [file, setFile] = useState<File | null>(null)
  const [members, setMembers] = useState<File | null>(null)
  const [options, setOptions] = useState<ImportOptions>({})
  const [until, setUntil] = useState('')
  const [part, setPart] = useState(0)
  const { send, busy, fields, problem } = useSend()
  const origin = origins.find((o) => o.value === source)!
  const large = [file, members].some((f) => f && f.size > limit)
  const set = (change: ImportOptions) => setOptions((o) => ({ ...o, ...change }))

  async function submit(e: FormEvent, dryRun: boolean) {
    e.preventDefault()
    if (!file || large) return
    setPart(0)
    let id = ''
    const chosen = Object.fromEntries(Object.entries(options).filter(([, v]) => v !== '' && v !== false)) as ImportOptions
    if (chosen.complimentary) chosen.complimentary_until = dayStart(until, 1) || undefined
    if (source !== 'wordpress') delete chosen.more_is_paywall
    if (!withGate(source)) delete chosen.gate
    if (!withSite(source)) delete chosen.pictures_from
    const well = await send(async () => {
      id = (await sendImport({ source, file, members: source === 'ghost' ? members : null, dryRun, options: chosen, onProgress: setPart })).id
    })
    if (!well) return
    await refresh('imports')
    onClose()
    await navigate({ to: '/transfers/$id', params: { id } })
  }

  return (
    <Modal opened onClose={onClose} size="lg" title={<Text fw={650}>Import</Text>} closeOnClickOutside={!busy}>
      <form onSubmit={(e) => void submit(e, true)} noValidate>
        <Stack>
          {problem}
          <Select label="From" data={origins} value={source} allowDeselect={false} error={fields.source} onChange={(v) => { setSource(v as Source); setFile(null) }} data-autofocus />
          <FileInput label="File" description={origin.file} placeholder="Choose a file" accept={origin.accept} value={file} clearable clearButtonProps={{ 'aria-label': 'Take the file away' }}
            error={large ? 'Files of more than 64 MB are for the command line: lighttrends import --from …' : fields.file} onChange={setFile} />
          {source === 'ghost' && (
            <FileInput label="Members" description="The CSV of Ghost's members, if there is one. They keep their customers at Stripe, and get no mail." placeholder="Choose a CSV" accept=".csv" value={members} clearable clearButtonProps={{ 'aria-label': 'Take the list away' }} error={fields.members} onChange={setMembers} />
          )}
          {withGate(source) && (
            <Select label="Who may read" data={[{ value: 'public', label: 'Everybody' }, { value: 'members', label: 'Members' }, { value: 'paid', label: 'Who pays' }]} value={options.gate ?? 'public'} allowDeselect={false} error={fields.gate} onChange={(v) => set({ gate: v as ImportOptions['gate'] })} />
          )}
          {source === 'wordpress' && <Checkbox label="The “more” line is the paywall" description="What stands above it is for everybody." checked={!!options.more_is_paywall} onChange={(e) => set({ more_is_paywall: e.currentTarget.checked })} />}
          {withSite(source) && (
            <TextInput type="url" label="Fetch pictures from" description="The address of the site, for pictures that the file does not hold. Left empty, none is fetched." placeholder="https://www.example.com" value={options.pictures_from ?? ''} error={fields.pictures_from} onChange={(e) => set({ pictures_from: e.currentTarget.value.trim() })} />
          )}
          {source !== 'members' && <Checkbox label="Publish nothing" description="Everything stays a draft." checked={!!options.drafts} onChange={(e) => set({ drafts: e.currentTarget.checked })} />}
          <Checkbox label="Write over what was changed here" description="Without it, what was changed here and there stays as it is here." checked={!!options.overwrite} onChange={(e) => set({ overwrite: e.currentTarget.checked })} />
          {withMembers(source) && <Complimentary options={options} set={set} until={until} setUntil={setUntil} fields={fields} />}
          {busy && <Progress.Root size="lg"><Progress.Section value={Math.round(part * 100)} aria-label="Sent so far" animated /></Progress.Root>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} disabled={busy}>Cancel</Button>
            <Button variant="default" disabled={!file || large || busy} onClick={(e) => void submit(e, false)}>Import at once</Button>
            <Button type="submit" loading={busy} disabled={!file || large}>Try it first</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

const withGate = (s: Source) => s === 'wordpress'
const withSite = (s: Source) => s === 'ghost' || s === 'wordpress' || s === 'substack'
const withMembers = (s: Source) => s === 'ghost' || s === 'substack' || s === 'members'

interface Given {
  options: ImportOptions
  set: (change: ImportOptions) => void
  until: string
  setUntil: (day: string) => void
  fields: Record<string, string>
}

/** What is given to who read without paying there. */
function Complimentary({ options, set, until, setUntil, fields }: Given) {
  const plans = useApi('GET /plans')
  const data = [{ value: '', label: 'Nothing' }, ...(plans.data?.plans ?? []).map((p) => ({ value: p.slug, label: p.name })), { value: '*', label: 'Every plan' }]
  return (
    <Group grow align="flex-start" preventGrowOverflow={false}>
      <Select label="Who read without paying there gets" data={data} value={options.complimentary ?? ''} allowDeselect={false} error={fields.complimentary} onChange={(v) => set({ complimentary: v ?? '' })} />
      {options.complimentary && <TextInput type="date" label="Until" required value={until} error={fields.complimentary_until} onChange={(e) => setUntil(e.currentTarget.value)} />}
    </Group>
  )
}

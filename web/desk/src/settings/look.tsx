// How the publication looks: its logos, its colour, its letters, its front page.
import { Alert, Button, Group, Input, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { LanguageChoice } from '../api/types'
import { PicturePicker } from '../media/picker'
import { AccentReadings } from './contrast'
import type { Form, Set } from './form'

export type Logos = { logo?: string; logo_dark?: string }
type Props = { form: Form; set: Set; problems: Record<string, string>; logos: Logos; onLogos: (l: Logos) => void; languages: LanguageChoice[]; write: boolean }

const faces = [{ value: 'serif', label: 'Serif' }, { value: 'sans', label: 'Sans' }] as const
const homes = [
  { value: 'issue', label: 'The latest issue first, then the archive' },
  { value: 'stream', label: 'Note after note, the newest first' },
  { value: 'series', label: 'A shelf for each series' },
] as const

function LogoField({ which, label, description, ground, form, set, problems, logos, onLogos, write }: Props & { which: 'logo' | 'logo_dark'; label: string; description: string; ground: string }) {
  const [picking, setPicking] = useState(false)
  const url = form[which] ? logos[which] : undefined
  const name = label.toLowerCase()
  return (
    <Input.Wrapper label={label} description={description} error={problems[which]} labelElement="div">
      <Group mt={6}>
        {url ? <img src={url} alt={`The ${name} now`} style={{ height: 44, maxWidth: 240, objectFit: 'contain', background: ground, borderRadius: 3 }} /> : <Text size="sm" c="dimmed">{form[which] ? 'The picture is gone.' : which === 'logo' ? 'None: the name is shown in letters.' : 'None: the logo stands on a light plate.'}</Text>}
        {write && <Button size="xs" variant="default" onClick={() => setPicking(true)}>{`Choose a ${name}`}</Button>}
        {write && form[which] && <Button size="xs" variant="subtle" onClick={() => { set(which, ''); onLogos({ ...logos, [which]: undefined }) }}>{`Take the ${name} away`}</Button>}
      </Group>
      {picking && <PicturePicker onClose={() => setPicking(false)} onPick={(p) => { set(which, p.id); onLogos({ ...logos, [which]: p.url }); setPicking(false) }} />}
    </Input.Wrapper>
  )
}

export function Look(props: Props) {
  const { form, set, problems, languages, write } = props
  const valid = /^#[0-9a-f]{6}$/i.test(form.accent)
  return (
    <Stack>
      <LogoField {...props} which="logo" label="Logo" description="Shown at the head of every page in place of the name." ground="#fbfaf7" />
      {(form.logo || form.logo_dark) && <LogoField {...props} which="logo_dark" label="Logo for dark screens" description="Takes the logo's place where the reader's screen is dark." ground="#14161a" />}
      <Group align="end" gap="xs">
        <TextInput label="Accent colour" description="Of links and buttons. By night it is lightened until it can be read." placeholder="#17508f, the house's own" value={form.accent} error={problems.accent} maxLength={7} flex={1} miw={240} maw={420}
          onChange={(e) => set('accent', e.currentTarget.value.trim())} />
        <input type="color" aria-label="Pick the accent colour" value={(valid ? form.accent : '#17508f').toLowerCase()} style={{ width: 44, height: 36, padding: 2, marginBottom: problems.accent ? 22 : 0 }} onChange={(e) => set('accent', e.currentTarget.value)} />
        {write && form.accent && <Button variant="subtle" onClick={() => set('accent', '')}>Use the house&apos;s own</Button>}
      </Group>
      {form.accent && !valid && <Alert color="gray">A colour is six hexadecimal digits, such as #17508f.</Alert>}
      <AccentReadings form={form} onTake={write ? (colour) => set('accent', colour) : undefined} />
      <Input.Wrapper label="Letters of texts" labelElement="div" error={problems.type}>
        <div><SegmentedControl mt={6} aria-label="Letters of texts" data={[...faces]} value={form.type} disabled={!write} onChange={(v) => set('type', v as Form['type'])} /></div>
      </Input.Wrapper>
      <Select label="Front page" data={[...homes]} value={form.home} error={problems.home} allowDeselect={false} maw={420} onChange={(v) => v && set('home', v as Form['home'])} />
      <Select label="Language of the portal" description="Of its own words, dates and prices. Notes stay as they are written." data={languages.map((l) => ({ value: l.tag, label: l.name }))} value={form.language} error={problems.language} allowDeselect={false} maw={320} onChange={(v) => v && set('language', v)} />
    </Stack>
  )
}

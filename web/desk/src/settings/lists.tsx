// The lists among the settings: links of the navigation, and legal pages.
import { ActionIcon, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { moved } from '../ui/list'
import { slugify } from '../ui/slug'
import type { Form, Set } from './form'

type Props = { form: Form; set: Set; problems: Record<string, string>; write: boolean }

function Moves<T>({ list, at, name, onChange }: { list: T[]; at: number; name: string; onChange: (list: T[]) => void }) {
  return (
    <Group gap={0} wrap="nowrap">
      <ActionIcon variant="subtle" color="gray" disabled={at === 0} aria-label={`${name}: up`} onClick={() => onChange(moved(list, at, at - 1))}><IconArrowUp size={16} /></ActionIcon>
      <ActionIcon variant="subtle" color="gray" disabled={at === list.length - 1} aria-label={`${name}: down`} onClick={() => onChange(moved(list, at, at + 1))}><IconArrowDown size={16} /></ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={`${name}: remove`} onClick={() => onChange(list.filter((_, i) => i !== at))}><IconX size={16} /></ActionIcon>
    </Group>
  )
}

type Links = Props & { list: 'navigation' | 'footer' | 'social'; most: number; none: string; hint: string; noun: string }

/** An ordered list of links: own pages or outside addresses. */
function LinkList({ form, set, problems, write, list, most, none, hint, noun }: Links) {
  const links = form[list]
  const change = (i: number, part: Partial<(typeof links)[number]>) => set(list, links.map((l, n) => (n === i ? { ...l, ...part } : l)))
  return (
    <Stack gap="xs">
      {links.length === 0 && <Text size="sm" c="dimmed">{none}</Text>}
      {links.map((l, i) => (
        <Group key={i} align="start" gap="xs">
          <TextInput aria-label={`Label of ${noun} ${i + 1}`} placeholder="Label" value={l.label} maxLength={40} error={problems[`${list}.${i}.label`]} flex={1} miw={130} onChange={(e) => change(i, { label: e.currentTarget.value })} />
          <TextInput aria-label={`Address of ${noun} ${i + 1}`} placeholder={hint} value={l.url} maxLength={500} error={problems[`${list}.${i}.url`]} flex={2} miw={170} onChange={(e) => change(i, { url: e.currentTarget.value.trim() })} />
          {write && <Moves list={links} at={i} name={l.label || `${noun} ${i + 1}`} onChange={(moved) => set(list, moved)} />}
        </Group>
      ))}
      {problems[list] && <Text size="sm" c="var(--desk-bad)">{problems[list]}</Text>}
      {write && links.length < most && <Group><Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set(list, [...links, { label: '', url: '' }])}>Add {noun === 'entry' ? 'an entry' : `a ${noun}`}</Button></Group>}
    </Stack>
  )
}

export function Navigation(props: Props) {
  return <LinkList {...props} list="navigation" most={8} noun="entry" hint="/archive or https://…" none="The portal shows its own entries: Notes, Issues, Topics, Plans, Search." />
}

export function Footer(props: Props) {
  return (
    <Stack>
      <LinkList {...props} list="footer" most={16} noun="footer link" hint="/contact or https://…" none="The portal shows its own links: Archive, Analysts, Contact, RSS. The pages below always follow." />
      <Text fw={600} size="sm">Where else the publication is</Text>
      <LinkList {...props} list="social" most={8} noun="profile" hint="https://…" none="None yet." />
    </Stack>
  )
}

export function LegalPages({ form, set, problems, write }: Props) {
  const pages = form.pages
  const change = (i: number, part: Partial<(typeof pages)[number]>) => set('pages', pages.map((p, n) => (n === i ? { ...p, ...part } : p)))
  return (
    <Stack>
      {pages.length === 0 && <Text size="sm" c="dimmed">None yet. Terms, privacy and an imprint belong here; each is linked at the foot of every page.</Text>}
      {pages.map((p, i) => (
        <div key={i} className="panel panel-pad" role="group" aria-label={p.title || `Page ${i + 1}`}>
          <Group align="start" gap="xs">
            <TextInput label="Title" value={p.title} maxLength={120} error={problems[`pages.${i}.title`]} flex={1} miw={150}
              onChange={(e) => change(i, { title: e.currentTarget.value, ...(p.slug === slugify(p.title) && { slug: slugify(e.currentTarget.value) }) })} />
            <TextInput label="Address" leftSection={<Text span size="sm" c="dimmed">/pages/</Text>} leftSectionWidth={64} value={p.slug} maxLength={80} error={problems[`pages.${i}.slug`]} flex={1} miw={190} onChange={(e) => change(i, { slug: e.currentTarget.value })} />
            {write && <div style={{ marginTop: 26 }}><Moves list={pages} at={i} name={p.title || `Page ${i + 1}`} onChange={(list) => set('pages', list)} /></div>}
          </Group>
          <Textarea mt="sm" label="Text, in Markdown" autosize minRows={4} maxRows={20} value={p.body} error={problems[`pages.${i}.body`]} onChange={(e) => change(i, { body: e.currentTarget.value })} />
        </div>
      ))}
      {write && pages.length < 20 && <Group><Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set('pages', [...pages, { slug: '', title: '', body: '' }])}>Add a page</Button></Group>}
    </Stack>
  )
}

// The verbs of a note: the next step as a button, the others behind a menu.
import { Button, Group, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { lazy, memo, Suspense, useState } from 'react'
import { useApi } from '../../api/query'
import { useMay, useMe } from '../../api/session'
import { failed } from '../../ui/toast'
import { useActions } from '../../app/palette-state'
import { useNote, useSaver } from '../use-saver'
import { archive, unarchive, withdraw } from './act'
import { verbsOf, verbWords, type FlowNote, type Verb } from './verbs'

const dialogs = () => import('./dialogs')
const part = <K extends keyof Awaited<ReturnType<typeof dialogs>>>(name: K) => lazy(() => dialogs().then((m) => ({ default: m[name] })))
const Submit = part('SubmitDialog')
const Decide = lazy(() => import('./decide').then((m) => ({ default: m.DecideDialog })))
const Publish = part('PublishDialog')
const Update = part('UpdateDialog')
const Schedule = part('ScheduleDialog')
const Unschedule = part('UnscheduleDialog')
const Retract = part('RetractDialog')
const ViewAs = lazy(() => import('../preview/view-as').then((m) => ({ default: m.ViewAs })))
const PreviewLinks = lazy(() => import('../preview/links').then((m) => ({ default: m.PreviewLinks })))

/** Ways to look at the draft, whatever its state. */
const looks = { 'view-as': 'See what readers will see', 'preview-links': 'Preview links' } as const
type Look = keyof typeof looks

/** Verbs that ask nothing are done at once; each can be undone. */
const atOnce = { withdraw, archive, unarchive }

const later = new Set<Verb>(['schedule', 'unschedule', 'retract', 'archive'])

export const FlowBar = memo(function FlowBar() {
  const saver = useSaver()
  const note = useNote() as FlowNote
  const may = useMay()
  const me = useMe()
  const [open, setOpen] = useState<Verb | Look>()
  const fourEyes = useApi('GET /settings', undefined, { staleTime: 60_000 }).data?.four_eyes
  const verbs = verbsOf(note, may, me.id, fourEyes)

  function start(verb: Verb) {
    const direct = atOnce[verb as keyof typeof atOnce]
    if (direct) direct(saver).catch((error: unknown) => failed(error, verbWords[verb]))
    else setOpen(verb)
  }
  const ways = Object.keys(looks) as Look[]
  useActions([
    ...verbs.map((v) => ({ id: 'verb-' + v, label: verbWords[v], hint: note.title, run: () => start(v) })),
    ...ways.map((w) => ({ id: w, label: looks[w], hint: note.title, run: () => setOpen(w) })),
  ], [verbs.join(), note.title])

  const close = () => setOpen(undefined)
  // A live note without changes has no next step.
  const next = verbs[0] && !later.has(verbs[0]) ? verbs[0] : undefined
  const rest = verbs.filter((v) => v !== next)
  return (
    <Group gap={6} wrap="nowrap">
      {next && <Button size="sm" onClick={() => start(next)}>{verbWords[next]}</Button>}
      <Menu position="bottom-end">
        <Menu.Target><Button size="sm" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>{next ? 'More' : 'Actions'}</Button></Menu.Target>
        <Menu.Dropdown>
          {ways.map((w) => <Menu.Item key={w} onClick={() => setOpen(w)}>{looks[w]} …</Menu.Item>)}
          {rest.length > 0 && <Menu.Divider />}
          {rest.map((v) => <Menu.Item key={v} color={v === 'retract' ? 'var(--desk-bad)' : undefined} onClick={() => start(v)}>{verbWords[v]}{v !== 'withdraw' && !(v in atOnce) && ' …'}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {open === 'submit' && <Submit onClose={close} />}
        {open === 'approve' && <Decide decision="approve" onClose={close} />}
        {open === 'send-back' && <Decide decision="send_back" onClose={close} />}
        {open === 'publish' && <Publish onClose={close} />}
        {open === 'update' && <Update onClose={close} />}
        {open === 'schedule' && <Schedule onClose={close} />}
        {open === 'unschedule' && <Unschedule onClose={close} />}
        {open === 'retract' && <Retract onClose={close} />}
        {open === 'view-as' && <ViewAs onClose={close} />}
        {open === 'preview-links' && <PreviewLinks onClose={close} />}
      </Suspense>
    </Group>
  )
})

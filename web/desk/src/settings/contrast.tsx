// How the accent colour can be read, and a small page in it, by day and by night.
import { Alert, Button, Group, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useApi } from '../api/query'
import type { AccentContrast } from '../api/types'
import type { Form } from './form'

const places: Record<AccentContrast['readings'][number]['place'], string> = {
  link_day: 'Links by day', panel_day: 'On panels by day', button_day: 'Buttons by day', link_night: 'Links by night', panel_night: 'On panels by night', button_night: 'Buttons by night',
}
const house = '#17508f'

/** What somebody types, once they pause. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 250)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

export function AccentReadings({ form, onTake }: { form: Form; onTake?: (colour: string) => void }) {
  const colour = useSettled(/^#[0-9a-f]{6}$/i.test(form.accent) ? form.accent.toLowerCase() : house)
  const contrast = useApi('GET /settings/contrast', { query: { colour } }).data
  if (!contrast) return null
  return (
    <div>
      <Group gap="md" align="stretch" grow preventGrowOverflow={false}>
        <Sample form={form} name="By day" paper="#fbfaf7" ink="#1d1f24" accent={contrast.day} onAccent={contrast.on_day} />
        <Sample form={form} name="By night" paper="#14161a" ink="#dbdde1" accent={contrast.night} onAccent={contrast.on_night} />
      </Group>
      <ul style={{ columns: '14rem auto', paddingInlineStart: 18, margin: '10px 0' }}>
        {contrast.readings.map((r) => <li key={r.place}><Text span size="sm" c={r.good ? undefined : 'var(--desk-bad)'}>{places[r.place]}: {r.ratio.toFixed(1)} to 1{r.good ? '' : ', too little'}</Text></li>)}
      </ul>
      {!contrast.good && (
        <Alert color="red" role="status">
          This colour cannot be read everywhere; it takes 4.5 to 1. The nearest that can is {contrast.nearest}.
          {onTake && <div><Button size="xs" mt="xs" variant="default" onClick={() => onTake(contrast.nearest)}>Take {contrast.nearest}</Button></div>}
        </Alert>
      )}
    </div>
  )
}

type Look = { form: Form; name: string; paper: string; ink: string; accent: string; onAccent: string }

/** A page in small: it follows the form before anything is saved. */
function Sample({ form, name, paper, ink, accent, onAccent }: Look) {
  const face = form.type === 'sans' ? 'Inter, system-ui, sans-serif' : 'Georgia, serif'
  const entries = form.navigation.length > 0 ? form.navigation.map((l) => l.label) : ['Notes', 'Issues', 'Topics', 'Plans', 'Search']
  return (
    <figure aria-label={`Preview: ${name.toLowerCase()}`} style={{ margin: 0, minWidth: 240, flex: 1, background: paper, color: ink, border: '1px solid var(--mantine-color-default-border)', borderRadius: 6, padding: 14 }}>
      <figcaption style={{ font: '500 12px Inter, system-ui, sans-serif' }}>{name}</figcaption>
      <div style={{ font: `600 19px ${face}`, marginTop: 6 }}>{form.name || 'Name'}</div>
      <div style={{ font: '13px Inter, system-ui, sans-serif', display: 'flex', flexWrap: 'wrap', gap: '2px 10px', marginTop: 4 }}>{entries.map((label, i) => <span key={i}>{label}</span>)}</div>
      <p style={{ font: `16px/1.5 ${face}`, margin: '10px 0' }}>A text with <span style={{ color: accent, textDecoration: 'underline' }}>a link in it</span>, as readers see it.</p>
      <span style={{ display: 'inline-block', background: accent, color: onAccent, borderRadius: 6, padding: '6px 14px', font: '600 14px Inter, system-ui, sans-serif' }}>Subscribe</span>
    </figure>
  )
}

// How the publication looks: its logo and its colour.
import { Button, Group, Input, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { PicturePicker } from '../media/picker'
import type { Form, Set } from './form'

type Props = { form: Form; set: Set; problems: Record<string, string>; logoURL?: string; onLogo: (url: string | undefined) => void; write: boolean }

export function Look({ form, set, problems, logoURL, onLogo, write }: Props) {
  const [picking, setPicking] = useState(false)
  const colour = /^#[0-9a-f]{6}$/i.test(form.accent) ? form.accent : '#17508f'
  return (
    <Stack>
      <Input.Wrapper label="Logo" description="Shown at the head of every page in place of the name. By night it stands on a light plate." error={problems.logo} labelElement="div">
        <Group mt={6}>
          {logoURL ? <img src={logoURL} alt="The logo now" style={{ height: 44, maxWidth: 240, objectFit: 'contain', background: '#fbfaf7', borderRadius: 3 }} /> : <Text size="sm" c="dimmed">{form.logo ? 'The picture is gone; the name is shown in letters.' : 'None: the name is shown in letters.'}</Text>}
          {write && <Button size="xs" variant="default" onClick={() => setPicking(true)}>Choose a logo</Button>}
          {write && form.logo && <Button size="xs" variant="subtle" onClick={() => { set('logo', ''); onLogo(undefined) }}>Take the logo away</Button>}
        </Group>
      </Input.Wrapper>
      <Group align="end" gap="xs">
        <TextInput label="Accent colour" description="Of links and buttons. By night it is lightened until it can be read." placeholder="#17508f, the house's own" value={form.accent} error={problems.accent} maxLength={7} flex={1} miw={240} maw={420}
          onChange={(e) => set('accent', e.currentTarget.value.trim())} />
        <input type="color" aria-label="Pick the accent colour" value={colour.toLowerCase()} style={{ width: 44, height: 36, padding: 2, marginBottom: problems.accent ? 22 : 0 }} onChange={(e) => set('accent', e.currentTarget.value)} />
        {write && form.accent && <Button variant="subtle" onClick={() => set('accent', '')}>Use the house's own</Button>}
      </Group>
      {picking && <PicturePicker onClose={() => setPicking(false)} onPick={(p) => { set('logo', p.id); onLogo(p.url); setPicking(false) }} />}
    </Stack>
  )
}

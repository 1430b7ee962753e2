// Who I am, light or dark, the way out.
import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconExternalLink, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { api } from '../api/client'
import { useMe } from '../api/session'
import { failed } from '../ui/toast'
import { leave } from './gate'

const initials = (name: string) => name.split(/\s+/).slice(0, 2).map((w) => w[0]?.toUpperCase() ?? '').join('')

export async function signOut(): Promise<void> {
  try {
    await api('DELETE /session', { quiet: true })
    leave()
  } catch (error) {
    failed(error, 'You are still signed in')
  }
}

export function MyMenu() {
  const me = useMe()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const tick = (v: string) => (colorScheme === v ? '✓' : undefined)
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <UnstyledButton aria-label={`Signed in as ${me.name}`} style={{ borderRadius: '50%' }}>
          <Avatar color="ink" variant="filled" size={34} radius="xl">{initials(me.name) || '?'}</Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate>{me.name}</Text>
          <Text size="xs" truncate>{[me.email, me.role_name ?? me.role].filter(Boolean).join(' · ')}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUser size={16} />} renderRoot={(props) => <Link to="/account" {...props} />}>My account</Menu.Item>
        <Menu.Item leftSection={<IconExternalLink size={16} />} component="a" href="/" target="_blank" rel="noreferrer">Open the portal</Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconSun size={16} />} rightSection={tick('light')} onClick={() => setColorScheme('light')}>Light</Menu.Item>
        <Menu.Item leftSection={<IconMoon size={16} />} rightSection={tick('dark')} onClick={() => setColorScheme('dark')}>Dark</Menu.Item>
        <Menu.Item leftSection={<IconDeviceDesktop size={16} />} rightSection={tick('auto')} onClick={() => setColorScheme('auto')}>As the system</Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

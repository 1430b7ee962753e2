// A list as a file for spreadsheets.
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export function Csv({ href, size, children = 'Export as CSV' }: { href: string; size?: string; children?: ReactNode }) {
  return <Button component="a" variant="default" size={size} leftSection={<IconDownload size={16} aria-hidden />} href={href} download>{children}</Button>
}

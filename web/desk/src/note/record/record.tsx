// The record of a note: revisions, what readers saw, reviews.
import { Drawer, Tabs, Text } from '@mantine/core'
import { Reviews } from './reviews'
import { Revisions } from './revisions'
import { Versions } from './versions'

export function Record({ onClose }: { onClose: () => void }) {
  return (
    <Drawer opened onClose={onClose} position="right" size="min(34rem, 100vw)" title={<Text fw={650}>Record</Text>}>
      <Tabs defaultValue="revisions" keepMounted={false}>
        <Tabs.List mb="md"><Tabs.Tab value="revisions">Revisions</Tabs.Tab><Tabs.Tab value="versions">What readers saw</Tabs.Tab><Tabs.Tab value="reviews">Reviews</Tabs.Tab></Tabs.List>
        <Tabs.Panel value="revisions"><Revisions onClose={onClose} /></Tabs.Panel>
        <Tabs.Panel value="versions"><Versions /></Tabs.Panel>
        <Tabs.Panel value="reviews"><Reviews /></Tabs.Panel>
      </Tabs>
    </Drawer>
  )
}

import { Alert, Button, CopyButton, Group, Modal, Text } from '@mantine/core'

/** Recovery codes, shown this once. */
export function Codes({ codes, onClose }: { codes?: string[]; onClose: () => void }) {
  return (
    <Modal opened={!!codes} onClose={onClose} closeOnClickOutside={false} closeOnEscape={false} withCloseButton={false} title={<Text fw={650}>Recovery codes</Text>} size="lg">
      <Text size="sm" mb="sm">If you lose phone and passkey, each of these signs you in once, after your password. They are shown this once: print them, or keep them where you keep passwords.</Text>
      <ul className="code-words">{codes?.map((c) => <li key={c}>{c}</li>)}</ul>
      <Alert color="yellow" mt="md">Whoever has these and your password is you.</Alert>
      <Group justify="flex-end" mt="md">
        <CopyButton value={codes?.join('\n') ?? ''}>{({ copied, copy }) => <Button variant="default" onClick={copy}>{copied ? 'Copied' : 'Copy all'}</Button>}</CopyButton>
        <Button onClick={onClose}>I have kept them</Button>
      </Group>
    </Modal>
  )
}

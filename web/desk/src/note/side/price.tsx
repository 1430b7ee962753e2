// What a note costs on its own. It holds at once, like the price of a plan.
import { Button, Group, NumberInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api/client'
import { keyOf, queries, useApi } from '../../api/query'
import { useMay } from '../../api/session'
import type { NotePrice as Price } from '../../api/types'
import { amountOf, digits, typedOf } from '../../ui/money'
import { useSend } from '../../ui/send'
import { done } from '../../ui/toast'

export function NotePrice({ note }: { note: string }) {
  const price = useApi('GET /notes/{id}/price', { path: { id: note } })
  return price.data ? <Field key={`${price.data.amount} ${price.data.currency}`} note={note} price={price.data} /> : null
}

function Field({ note, price }: { note: string; price: Price }) {
  const may = useMay()('notes.publish')
  const [value, setValue] = useState<number | string>(typedOf(price.amount, price.currency || 'eur'))
  const [currency, setCurrency] = useState(price.currency || 'eur')
  const { send, busy, problem } = useSend()
  const amount = amountOf(value, currency)
  const changed = amount !== price.amount || (amount > 0 && currency !== price.currency)
  const save = () => send(async () => {
    const saved = await api('PUT /notes/{id}/price', { path: { id: note }, body: { amount, currency } })
    queries.setQueryData(keyOf('GET /notes/{id}/price', { path: { id: note } }), saved)
    done(saved.amount ? 'On sale' : 'Not sold on its own any more')
  })
  return (
    <form onSubmit={(e) => { e.preventDefault(); void save() }}>
      <Group gap="xs" align="end" wrap="nowrap">
        <NumberInput label="Price of this note alone" placeholder="Not sold" flex={1} min={0} decimalScale={digits(currency)} readOnly={!may} value={value} onChange={setValue} />
        <TextInput aria-label="Currency" w={72} maxLength={3} readOnly={!may} value={currency} onChange={(e) => setCurrency(e.currentTarget.value.toLowerCase())} />
        {may && changed && <Button type="submit" variant="default" loading={busy}>Set</Button>}
      </Group>
      {problem ?? <Text size="xs" c="dimmed" mt={4}>It holds at once, also for what readers see now. Empty ends the sale; what was bought stays bought.</Text>}
    </form>
  )
}

// Who the publication speaks to.
import { Stack, Switch, Textarea } from '@mantine/core'
import { linesOf, type Form, type Set } from './form'

type Props = { form: Form; set: Set; problems: Record<string, string> }

export function Reach({ form, set, problems }: Props) {
  const domain = Object.entries(problems).find(([at]) => at.startsWith('company_domains'))?.[1]
  return (
    <Stack>
      <Switch label="Ask programs that train on text to stay away" description="Their names stand in robots.txt, and there is no llms.txt. It is a request; what is gated is closed to them in any case." checked={form.refuse_ai_crawlers} onChange={(e) => set('refuse_ai_crawlers', e.currentTarget.checked)} />
      <Textarea label="Firms that may ask for access" description="Mail domains, one in each line, such as example.com. Whoever gives an address of one at a closed note can ask; the request comes with the letters." autosize minRows={2} maxRows={12} value={form.company_domains.join('\n')} error={domain} onChange={(e) => set('company_domains', linesOf(e.currentTarget.value))} />
    </Stack>
  )
}

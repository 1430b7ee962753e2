import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Page } from '../ui/page'

/** An address that leads nowhere. */
export function Missing() {
  return (
    <Page title="There is nothing at this address">
      <div className="state">
        <IconMapOff aria-hidden />
        <p>The link may be old, or it may have been typed wrong.</p>
        <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>To the desk</Button>
      </div>
    </Page>
  )
}

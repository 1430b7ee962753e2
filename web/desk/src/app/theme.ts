// The desk's look: the portal's paper, ink and letters, and colours that keep
// 4.5:1 against what they stand on, in light and dark.
import { createTheme, defaultVariantColorsResolver, parseThemeColor, type CSSVariablesResolver, type MantineColorsTuple, type VariantColorsResolver } from '@mantine/core'

const ink: MantineColorsTuple = ['#eef4fb', '#d9e6f5', '#b9d2ee', '#8db9f0', '#6ea2df', '#3a76bd', '#23609f', '#17508f', '#124174', '#0d315a']
const dark: MantineColorsTuple = ['#dbdde1', '#b9bec7', '#a4abb6', '#7d8490', '#474d58', '#2a2e36', '#1c1f25', '#14161a', '#101216', '#0b0d10']

// Mantine's own shades are a little too pale for small letters on tinted ground.
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  const { isThemeColor, color, shade } = parseThemeColor({ color: input.color ?? input.theme.primaryColor, theme: input.theme })
  if (!isThemeColor) return colors
  if (input.variant === 'filled' && color === input.theme.primaryColor && shade === undefined) return { ...colors, color: 'var(--desk-on-primary)' }
  if (['light', 'subtle', 'outline', 'transparent'].includes(input.variant)) {
    return { ...colors, color: `light-dark(color-mix(in srgb, var(--mantine-color-${color}-9) 78%, #000), var(--mantine-color-${color}-2))` }
  }
  return colors
}

export const theme = createTheme({
  variantColorResolver: variantColors,
  primaryColor: 'ink',
  colors: { ink, dark },
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  luminanceThreshold: 0.36,
  fontFamily: 'Inter, system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontFamily: 'Inter, system-ui, sans-serif', fontWeight: '650' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Checkbox: { defaultProps: { iconColor: 'var(--desk-on-primary)' } },
    Radio: { defaultProps: { iconColor: 'var(--desk-on-primary)' } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, events: { hover: true, focus: true, touch: false } } },
    Modal: { defaultProps: { centered: true, attributes: { header: { role: 'presentation' } }, closeButtonProps: { 'aria-label': 'Close' }, transitionProps: { duration: 120 } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Drawer: { defaultProps: { attributes: { header: { role: 'presentation' } }, closeButtonProps: { 'aria-label': 'Close' } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 550, radius: 'sm' } },
    Table: { defaultProps: { verticalSpacing: 'xs', highlightOnHover: true, borderColor: 'var(--desk-line)' } },
    Select: { defaultProps: { checkIconPosition: 'right', comboboxProps: { shadow: 'md' } } },
    MultiSelect: { defaultProps: { comboboxProps: { shadow: 'md' } } },
  },
})

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fdfcfa',
    '--mantine-color-text': '#1d1f24',
    '--mantine-color-dimmed': '#555b67',
    '--mantine-color-placeholder': '#656b76',
    '--mantine-color-error': '#a3261f',
    '--mantine-color-anchor': '#17508f',
    '--mantine-color-default-border': '#c9c5ba',
    '--desk-on-primary': '#fff',
    '--desk-line': '#e4e1d8',
    '--desk-panel': '#f5f3ed',
    '--desk-good': '#1b6e3f',
    '--desk-bad': '#a3261f',
    '--desk-warn': '#7a4b00',
  },
  dark: {
    '--mantine-color-body': '#14161a',
    '--mantine-color-text': '#dbdde1',
    '--mantine-color-dimmed': '#a4abb6',
    '--mantine-color-placeholder': '#9299a5',
    '--mantine-color-error': '#ff9d92',
    '--mantine-color-anchor': '#8db9f0',
    '--mantine-color-default': '#1c1f25',
    '--mantine-color-default-hover': '#262a31',
    '--mantine-color-default-border': '#474d58',
    '--desk-on-primary': '#0d1a2b',
    '--desk-line': '#2c3038',
    '--desk-panel': '#1a1d22',
    '--desk-good': '#7fcf9f',
    '--desk-bad': '#ff9d92',
    '--desk-warn': '#e8b75c',
  },
})

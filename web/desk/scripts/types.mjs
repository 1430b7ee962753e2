// The types are the SDK's.
import '../../sdk/scripts/generate.mjs'

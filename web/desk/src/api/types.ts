// What the Admin API takes and answers, as the SDK has it from the document.
export type * from '@lighttrends/sdk/admin'

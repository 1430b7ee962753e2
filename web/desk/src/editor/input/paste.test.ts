// Clipboard HTML as other programs write it, in short.
import { DOMParser as Reader } from '@tiptap/pm/model'
import { describe, expect, it } from 'vitest'
import { Sourcebook } from '../bridge'
import { noteSchema } from '../schema'
import { cellsOf, cleanPaste } from './paste'

const schema = noteSchema()

/** What a paste becomes, as Markdown. */
function pasted(html: string): string {
  const body = document.createElement('div')
  body.innerHTML = cleanPaste(html)
  return new Sourcebook(schema).print(Reader.fromSchema(schema).parse(body)).trim()
}

describe('a paste from Word', () => {
  it('keeps headings, formatting and links, and drops the rest', () => {
    expect(pasted(`<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm;font-family:Calibri} --></style></head><body lang=EN-GB><!--StartFragment-->
<h2 style='margin-top:2pt'><span lang=EN-US style='color:#2F5496'>Market size<o:p></o:p></span></h2>
<p class=MsoNormal><span style='font-size:11.0pt'>The market grew <b style='mso-bidi-font-weight:normal'>8%</b> and
<i>fast</i>, see <a href="https://example.com/q">the filing</a>.<o:p></o:p></span></p><!--EndFragment--></body></html>`))
      .toBe('## Market size\n\nThe market grew **8%** and *fast*, see [the filing](https://example.com/q).')
  })

  it('makes lists of its list paragraphs', () => {
    const item = (level: number, marker: string, text: string): string =>
      `<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>${marker}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>${text}<o:p></o:p></p>`
    expect(pasted(`<p class=MsoNormal>Reasons</p>\n${item(1, '·', 'One')}\n${item(2, 'o', 'Inner')}\n${item(1, '·', 'Two')}\n<p class=MsoNormal>End</p>`))
      .toBe('Reasons\n\n- One\n  - Inner\n- Two\n\nEnd')
  })
})

describe('a paste from Google Docs', () => {
  it('reads formatting out of styles', () => {
    expect(pasted(`<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a2b"><p dir="ltr" style="line-height:1.38"><span style="font-size:11pt;font-weight:400">Plain, </span><span style="font-weight:700">bold</span><span style="font-style:italic"> and italic</span><span style="text-decoration:line-through">, gone</span></p><ul style="margin-top:0"><li dir="ltr" style="list-style-type:disc"><p dir="ltr" role="presentation"><span style="font-weight:400">First</span></p></li><li dir="ltr"><p dir="ltr"><span>Second</span></p></li></ul></b><br class="Apple-interchange-newline">`))
      .toBe('Plain, **bold** *and italic*~~, gone~~\n\n- First\n- Second')
  })
})

describe('a paste from a spreadsheet', () => {
  it('becomes a table with a head', () => {
    expect(pasted(`<html><body><table border=0 cellpadding=0 width=192 style='border-collapse:collapse'><col width=64 span=2><colgroup><col></colgroup><tr height=20><td height=20 class=xl65 style='width:48pt'>Year</td><td class=xl65 align=right>Units</td></tr><tr><td>2020</td><td align=right style='text-align:right'>1,200</td></tr></table></body></html>`))
      .toBe('| Year | Units |\n| - | -: |\n| 2020 | 1,200 |')
  })

  it('spreads cells that span others', () => {
    expect(pasted('<table><tr><td colspan="2">Both</td></tr><tr><td>a</td><td>b</td></tr></table>')).toBe('| Both | |\n| - | - |\n| a | b |')
  })

  it('is read from plain text as well', () => {
    expect(cellsOf('a\tb\r\n1\t2\r\n')).toEqual([['a', 'b'], ['1', '2']])
    expect(cellsOf('just a line')).toBeNull()
    expect(cellsOf('a\tb\nuneven')).toBeNull()
  })
})

it('nothing that runs or hides comes in', () => {
  expect(pasted('<p onclick="x()">Hello <script>alert(1)</script><span style="display:none"></span><img src="file:///c:/a.png"><a href="javascript:alert(1)">link</a></p>')).toBe('Hello link')
})

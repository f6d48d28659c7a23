package report

import (
	"html/template"
	"io"
	"strings"

	"bonafide/record"
)

// WriteMarkdown prints a filled paper as Markdown, for a house that keeps its
// papers as text.
func (d PaperDoc) WriteMarkdown(w io.Writer) error {
	var b strings.Builder
	line := func(s ...string) { b.WriteString(strings.Join(s, "") + "\n") }
	line("# ", markdownSafe(d.Title))
	line()
	line(markdownSafe(d.Law), " · ", markdownSafe(d.Head))
	line()
	line(markdownSafe(d.Opening))
	for _, p := range d.Parts {
		line()
		line("## ", markdownSafe(p.Title))
		for _, s := range p.Paragraphs {
			line()
			line(markdownSafe(s))
		}
		if p.Unverified != "" {
			line()
			line("> ", markdownSafe(p.Unverified))
		}
		if p.Empty != "" {
			line()
			line("*", p.Empty, "*")
		} else if len(p.Rows) > 0 {
			line()
			line("| ", markdownCells(p.Head), " |")
			line("|", strings.Repeat(" --- |", len(p.Head)))
			for _, r := range p.Rows {
				line("| ", markdownCells(r), " |")
			}
		}
		if len(p.Blanks) > 0 {
			line()
			for _, x := range p.Blanks {
				line("- ", markdownSafe(x), ": ______ *(", paperWord(d.Lang, "fill"), ")*")
			}
		}
		if p.Source != "" {
			line()
			line(paperWord(d.Lang, "source"), ": ", markdownSafe(p.Source))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdownSafe keeps what a person wrote from becoming a link, a tag or a table.
func markdownSafe(s string) string {
	return strings.NewReplacer("\n", " ", "\r", " ", "|", "\\|", "<", "&lt;", "[", "\\[", "]", "\\]", "`", "'", "!", "\\!").Replace(s)
}

func markdownCells(cells []string) string {
	safe := make([]string, len(cells))
	for i, c := range cells {
		safe[i] = markdownSafe(c)
	}
	return strings.Join(safe, " | ")
}

// WriteHTML prints a filled paper as one page that needs nothing else.
func (d PaperDoc) WriteHTML(w io.Writer) error { return paperPage.Execute(w, d) }

var paperPage = template.Must(template.New("paper").Funcs(template.FuncMap{
	"word": paperWord,
	"code": func(l record.Lang) string {
		if l == record.PT {
			return "pt-PT"
		}
		return string(l)
	},
}).Parse(`<!doctype html>
<html lang="{{code .Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{.Title}}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}h1{line-height:1.2}table{border-collapse:collapse;width:100%;font-size:.85rem}th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}.note{border-left:4px solid #8a5a00;padding-left:.8rem}.blank{border-bottom:1px solid #333;display:inline-block;min-width:18rem}.scroll{overflow-x:auto}.small{font-size:.85rem;color:#444}@media print{body{margin:0}}</style></head>
<body><main>{{$l := .Lang}}<h1>{{.Title}}</h1><p class="small">{{.Law}} · {{.Head}}</p><p>{{.Opening}}</p>
{{range .Parts}}<section><h2>{{.Title}}</h2>{{range .Paragraphs}}<p>{{.}}</p>{{end}}
{{with .Unverified}}<p class="note">{{.}}</p>{{end}}{{with .Empty}}<p><em>{{.}}</em></p>{{end}}
{{if .Rows}}<div class="scroll"><table><thead><tr>{{range .Head}}<th scope="col">{{.}}</th>{{end}}</tr></thead><tbody>{{range .Rows}}<tr>{{range .}}<td>{{.}}</td>{{end}}</tr>{{end}}</tbody></table></div>{{end}}
{{if .Blanks}}<ul>{{range .Blanks}}<li>{{.}}: <span class="blank">&nbsp;</span> <em class="small">({{word $l "fill"}})</em></li>{{end}}</ul>{{end}}
{{with .Source}}<p class="small">{{word $l "source"}}: {{.}}</p>{{end}}</section>
{{end}}</main></body></html>
`))

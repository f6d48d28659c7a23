package web

import (
	"slices"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
)

// graph is an operator question as nodes and edges, for the picture that is
// loaded only when somebody opens it. Everything in it is in the table above it.
type graph struct {
	Nodes []graphNode `json:"nodes"`
	Edges []graphEdge `json:"edges"`
	Kinds []graphKind `json:"kinds"`
}

type graphNode struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Kind  string `json:"kind"` // "record", or the kind of a shared value
	Href  string `json:"href,omitempty"`
	Said  string `json:"said,omitempty"`
	More  int    `json:"more,omitempty"` // holders that are not drawn until it is expanded
	// Outside: a record beyond the question, drawn when what it shares is expanded.
	Outside bool `json:"outside,omitempty"`
}

type graphEdge struct {
	A       int  `json:"a"`
	B       int  `json:"b"`
	Counted bool `json:"counted"`
}

type graphKind struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
	N    int    `json:"n"`
}

// graphMost is how many nodes are drawn; the rest are counted.
const graphMost = 400

func operatorGraph(v *visit) error {
	rows, _, err := v.s.Desk.Queue(v, v.caller.Actor, casework.Filter{Cluster: v.id()})
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return &record.Error{Code: record.CodeNotFound, Message: "there is no operator question under this name"}
	}
	return v.json(v.graph(rows))
}

func (v *visit) graph(rows []casework.Row) graph {
	var g graph
	at := map[string]int{}
	add := func(n graphNode) int {
		i, is := at[n.ID]
		if !is {
			if len(g.Nodes) == graphMost {
				return -1
			}
			i = len(g.Nodes)
			at[n.ID] = i
			g.Nodes = append(g.Nodes, n)
		}
		return i
	}
	now := v.s.Now()
	for i := range rows {
		x := v.row(&rows[i], now)
		add(graphNode{ID: "r/" + rows[i].Record, Label: x.Name, Kind: "record", Href: "/cases/" + rows[i].ID, Said: x.Said})
	}
	kinds := map[record.Kind]int{}
	drawn := map[[2]int]bool{}
	for i := range rows {
		if rows[i].Result == nil {
			continue
		}
		for _, k := range rows[i].Result.Links {
			name := report.SaidKind(k.Kind).In(v.lang)
			value := add(graphNode{ID: k.Kind.String() + "/" + groupOf(rows[i].Record, k.Others), Label: name, Kind: k.Kind.String(), More: k.Identities})
			if value < 0 {
				continue
			}
			kinds[k.Kind]++
			join := func(n int) {
				if n >= 0 && !drawn[[2]int{n, value}] {
					drawn[[2]int{n, value}] = true
					g.Edges = append(g.Edges, graphEdge{n, value, k.Strength != record.NotCounted})
				}
			}
			join(at["r/"+rows[i].Record])
			for _, o := range k.Others {
				// Somebody outside the question: named by the record, without a way to open it from here.
				join(add(graphNode{ID: "r/" + o, Label: o, Kind: "record", Outside: true}))
			}
		}
	}
	for k := record.Kind(1); int(k) < record.Kinds; k++ {
		if kinds[k] > 0 {
			g.Kinds = append(g.Kinds, graphKind{k.String(), report.SaidKind(k).In(v.lang), kinds[k]})
		}
	}
	// Of the holders of a value, those who are in the picture anyway are not more.
	for _, e := range g.Edges {
		if n := &g.Nodes[e.B]; !g.Nodes[e.A].Outside && n.More > 0 {
			n.More--
		}
	}
	for i := range g.Nodes {
		if g.Nodes[i].Kind != "record" && g.Nodes[i].More > 0 {
			g.Nodes[i].More++ // one of those inside is the one that said how many others there are
		}
	}
	slices.SortStableFunc(g.Kinds, func(a, b graphKind) int { return b.N - a.N })
	return g
}

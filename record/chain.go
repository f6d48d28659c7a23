package record

// ChainLink is one of the six links of the chain of identity.
type ChainLink string

// The links in their order.
const (
	LinkDocument   ChainLink = "document"
	LinkCall       ChainLink = "call"
	LinkDelivery   ChainLink = "delivery"
	LinkDevice     ChainLink = "device"
	LinkPayee      ChainLink = "payee"
	LinkReverified ChainLink = "reverified"
)

// ChainLinks in order: document holder = person on the call = person at
// delivery = user of the device = holder of the paid account = person verified
// again later.
var ChainLinks = [...]ChainLink{LinkDocument, LinkCall, LinkDelivery, LinkDevice, LinkPayee, LinkReverified}

// ChainState is what is known of a link.
type ChainState string

// The states of a link.
const (
	StateUnknown      ChainState = "unknown"
	StateClaimed      ChainState = "claimed"
	StateConfirmed    ChainState = "confirmed"
	StateQuestioned   ChainState = "questioned"
	StateContradicted ChainState = "contradicted"
	StateNotDue       ChainState = "not-due"
)

// ChainPart is one link with its state, the method and day that gave it.
type ChainPart struct {
	Link   ChainLink  `json:"link"`
	State  ChainState `json:"state"`
	Method string     `json:"method,omitempty"`
	AsOf   Date       `json:"as_of,omitempty"`
	By     []string   `json:"by,omitempty"` // checks or assurances that gave the state
}

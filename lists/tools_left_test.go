package lists

import "testing"

// TestToolNames: a name that leaves out its version is found with any, what carries a
// tool's name counts, and what merely lies beside it, or reads a screen aloud, does not.
func TestToolNames(t *testing.T) {
	yaml := "Name: Far Hand Agent\nDetails:\n    InstallationPaths:\n        - far_hand_agent*.exe\n        - a*.exe\nArtifacts:\n    Disk:\n        - File: C:\\Program Files\\FH\\FarHandPerf.exe\n        - File: C:\\Program Files\\FH\\nvda.exe\n        - File: C:\\Program Files\\FH\\plinkish.exe\n    EventLog:\n        - ServiceName: fh-agent\n"
	c, err := parseToolYAML("x.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	json, err := parseToolsJSON("x.json", []byte(`[{"Name":"Far Hand Agent","Details":{"InstallationPaths":["far_hand_agent*.exe","a*.exe"]},"Artifacts":{"Disk":[{"File":"C:\\FH\\FarHandPerf.exe"},{"File":"C:\\FH\\nvda.exe"},{"File":"C:\\FH\\plinkish.exe"}],"EventLog":[{"ServiceName":"fh-agent"}]}}]`))
	if err != nil && json == nil {
		t.Fatal(err)
	}
	for form, from := range map[string]*content{"yaml": c, "json": json} {
		var index *toolIndex
		set := &Set{tools: index.with(&Snapshot{List: &lolrmm, content: from})}
		for value, want := range map[string]bool{`D:\x\far_hand_agent2.exe`: true, "FAR_HAND_AGENT.EXE": true, "far_hand_agent2.txt": false, "far_hand.exe": false, "abc.exe": false,
			"farhandperf.exe": true, "nvda.exe": false, "plinkish.exe": false} {
			if hits, ok := set.Tool(TraceFile, value); !ok || (len(hits) == 1) != want {
				t.Errorf("%s, %s: %v", form, value, hits)
			}
		}
		if hits, _ := set.Tool(TraceService, "fh-agent"); len(hits) != 1 {
			t.Errorf("%s: the service: %v", form, hits)
		}
	}
}

{{- define "policyctl.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "policyctl.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "policyctl.labels" -}}
{{ include "policyctl.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "policyctl.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "policyctl.tlsSecret" -}}
{{ include "policyctl.name" . }}-tls
{{- end }}

{{/* What a certificate must be for: the names of the Service. */}}
{{- define "policyctl.dnsNames" -}}
{{- $name := include "policyctl.name" . }}
- {{ $name }}.{{ .Release.Namespace }}.svc
- {{ $name }}.{{ .Release.Namespace }}.svc.cluster.local
{{- end }}

{{/* The objects that are judged, and nothing else: never Nodes, requests for certificates, or Leases. */}}
{{- define "policyctl.rules" -}}
- apiGroups: [""]
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [persistentvolumeclaims, persistentvolumes]
- apiGroups: [storage.k8s.io]
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [storageclasses]
- apiGroups: [kubevirt.io]
  apiVersions: ["*"]
  operations: [CREATE, UPDATE]
  resources:
    - virtualmachines
    - virtualmachines/status
    - virtualmachineinstances
    - virtualmachineinstancereplicasets
- apiGroups: [pool.kubevirt.io]
  apiVersions: ["*"]
  operations: [CREATE, UPDATE]
  resources: [virtualmachinepools]
- apiGroups: [cdi.kubevirt.io]
  apiVersions: ["*"]
  operations: [CREATE, UPDATE]
  resources: [datavolumes]
{{- if .Values.webhook.workloads }}
- apiGroups: [""]
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [pods, replicationcontrollers]
- apiGroups: [apps]
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [deployments, statefulsets, daemonsets, replicasets]
- apiGroups: [batch]
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [jobs, cronjobs]
{{- end }}
{{- end }}

{{- define "policyctl.namespaceSelector" -}}
matchExpressions:
  - key: kubernetes.io/metadata.name
    operator: NotIn
    values:
      - {{ .Release.Namespace }}
      - kube-system
      {{- range .Values.webhook.exemptNamespaces }}
      - {{ . }}
      {{- end }}
{{- end }}

{{- define "policyctl.matchConditions" -}}
- name: not-of-this-service
  expression: request.userInfo.username != 'system:serviceaccount:{{ .Release.Namespace }}:{{ include "policyctl.name" . }}'
- name: not-of-a-node
  expression: "!request.userInfo.username.startsWith('system:node:')"
{{- with .Values.webhook.matchConditions }}
{{ toYaml . }}
{{- end }}
{{- end }}

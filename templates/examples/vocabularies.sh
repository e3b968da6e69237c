curl '{{ site }}/api/v1/vocabularies'
curl '{{ site }}/api/v1/vocabularies/theme'

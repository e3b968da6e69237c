curl '{{ site }}/api/v1/records/{{ key }}?lang=ru'

curl --etag-compare search.etag --etag-save search.etag \
     --output search.json '{{ site }}/api/v1/search?country=KZ'
